package dev.sluice.system.golden;

import java.util.Optional;

/**
 * I2: after an abort the weight of that revision only falls, reaches 0, and never rises again until
 * there is another revision or a retry.
 *
 * <p>Exception: a raise that was on its way when the abort was decided may still land before the
 * abort's own weight.
 */
final class AbortOnlyFalls implements Invariant {

  private boolean fallen;

  @Override
  public String id() {
    return "I2";
  }

  @Override
  public Optional<String> violation(Scene before, Scene after) {
    if (!after.isAborted()) {
      fallen = false;
      return Optional.empty();
    }
    if (after.weight() > before.weight() && fallen) {
      return Optional.of(
          "weight %d -> %d after the abort".formatted(before.weight(), after.weight()));
    }
    fallen |= after.weight() == 0 || after.weight() < before.weight();
    return Optional.empty();
  }

  @Override
  public Optional<String> violationAtEnd(Scene end) {
    return end.isAborted() && end.weight() > 0
        ? Optional.of("it is aborted, and the weight is " + end.weight())
        : Optional.empty();
  }
}
