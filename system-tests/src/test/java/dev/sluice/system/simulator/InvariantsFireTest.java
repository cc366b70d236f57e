package dev.sluice.system.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.system.simulator.invariant.Invariant;
import dev.sluice.system.simulator.invariant.Invariants;
import dev.sluice.system.simulator.invariant.Lies;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An invariant that never speaks tests nothing: each is shown a history in which it is broken. */
class InvariantsFireTest {

  private static final int PATIENCE = 1_000;

  @Test
  void eachInvariantIsLiedToOnce() {
    assertThat(Lies.all())
        .extracting(Invariant::id)
        .containsExactlyInAnyOrderElementsOf(Invariants.all().stream().map(Invariant::id).toList());
  }

  static List<Integer> lies() {
    return IntStream.range(0, Lies.all().size()).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("lies")
  void aWrongHistoryIsNoticed(int number) {
    String id = Lies.all().get(number).id();

    Optional<Failure> noticed =
        Seeds.lowest(
            1,
            PATIENCE,
            seed ->
                Failure.of(
                    Script.of(seed),
                    Guards.ALL,
                    () -> List.of(Lies.all().get(number)),
                    Trace.Lines.LAST));

    assertThat(noticed).as("what %s says", id).isPresent();
    assertThat(noticed.get().invariant()).isEqualTo(id);
  }
}
