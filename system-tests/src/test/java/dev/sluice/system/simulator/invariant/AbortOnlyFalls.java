package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.WeightWritten;
import java.time.Duration;
import java.util.Optional;

/**
 * I2: after an abort the weight of that revision only falls, reaches 0, and never rises again in
 * that epoch.
 *
 * <p>Exception: a weight of an earlier epoch that was on its way to the route when the abort was
 * decided may still land before the abort's own; after that, none does. And strangers.
 */
public final class AbortOnlyFalls implements Invariant {

  /** For what is on its way when the deadline comes. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  private int written = -1;

  @Override
  public String id() {
    return "I2";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Decided decided -> desiredMore(decided);
      case WeightWritten weight -> writtenMore(weight, world);
      default -> tooLate(world);
    };
  }

  private static Optional<String> desiredMore(Decided decided) {
    Rollout before = decided.before();
    Rollout after = decided.decision().next();
    boolean still = before.isAborted() && after.isAborted() && before.epoch() == after.epoch();
    return still && after.route().desiredWeight() > before.route().desiredWeight()
        ? Optional.of(
            "weight %d is desired after the abort, %d was"
                .formatted(after.route().desiredWeight(), before.route().desiredWeight()))
        : Optional.empty();
  }

  private Optional<String> writtenMore(WeightWritten weight, World world) {
    if (weight.isForeign()) {
      return Optional.empty();
    }
    int before = written < 0 ? weight.before() : written;
    written = weight.after();
    Rollout rollout = world.rollout().orElseThrow();
    boolean ofThisAbort = rollout.isAborted() && weight.fence().epoch() == rollout.epoch();
    return ofThisAbort && weight.after() > before
        ? Optional.of("weight %d -> %d after the abort".formatted(before, weight.after()))
        : Optional.empty();
  }

  private static Optional<String> tooLate(World world) {
    Rollout rollout = world.rollout().orElse(null);
    if (rollout == null
        || !(rollout.progress() instanceof Progress.Aborted(_, var since))
        || world.weight() == 0
        || world.isForeign()
        || !world.canarySelector().equals(rollout.revision().podHash())) {
      return Optional.empty();
    }
    Duration patience =
        rollout.specification().progressDeadline().plus(MARGIN).plus(world.troubledSince(since));
    return world.now().isAfter(since.plus(patience))
        ? Optional.of("weight " + world.weight() + " long after the abort of " + since)
        : Optional.empty();
  }
}
