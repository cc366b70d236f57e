package dev.sluice.system.simulator.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InvariantsTest {

  /** Those of the design that can be broken where one Rollout runs alone in a simulated cluster. */
  private static final List<String> SIMULATED =
      List.of(
          "I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I13", "I14", "I15", "I16",
          "I17", "I22", "I23", "I24");

  @Test
  void eachInvariantIsAClassOfItsOwn() {
    List<Invariant> all = Invariants.all();

    assertThat(all).extracting(Invariant::id).doesNotHaveDuplicates().containsAll(SIMULATED);
    assertThat(all).extracting(Object::getClass).doesNotHaveDuplicates();
  }
}
