package dev.sluice.system.simulator.invariant;

import dev.sluice.system.simulator.invariant.Observation.WeightWritten;
import java.util.Optional;

/**
 * I24: after our first write the sum of a rule's weights never changes. What the canary does not
 * get goes to the stable side, so the sum is what the weight is a part of; whoever else changes
 * that is put right by our next write.
 */
public final class SumNeverChanges implements Invariant {

  private int sum;

  @Override
  public String id() {
    return "I24";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof WeightWritten weight) || weight.isForeign()) {
      return Optional.empty();
    }
    int before = sum == 0 ? weight.total() : sum;
    sum = weight.total();
    return before == sum && weight.after() >= 0 && weight.after() <= sum
        ? Optional.empty()
        : Optional.of("weight %d of %d, of %d before".formatted(weight.after(), sum, before));
  }
}
