package dev.sluice.system.simulator.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvariantsTest {

  private static final List<String> DESIGNED =
      IntStream.rangeClosed(1, 24).mapToObj(number -> "I" + number).toList();

  @Test
  void eachInvariantIsAClassOfItsOwn() {
    List<Invariant> all = Invariants.all();

    assertThat(all).extracting(Invariant::id).doesNotHaveDuplicates().containsAll(DESIGNED);
    assertThat(all).extracting(Object::getClass).doesNotHaveDuplicates();
  }
}
