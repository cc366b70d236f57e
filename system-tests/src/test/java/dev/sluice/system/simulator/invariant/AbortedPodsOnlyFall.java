package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Sizes;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.SizeWritten;
import java.util.Optional;

/**
 * I2 without a router: after an abort the canary's pods only become fewer, and at rest there are
 * none.
 *
 * <p>Exceptions: a size that slipped. And where stable pods do not become available, canary pods
 * stay as far as no more may be missing.
 */
public final class AbortedPodsOnlyFall implements Invariant {

  private final Headcount pods = new Headcount();

  @Override
  public String id() {
    return "I2 by pods";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Decided decided -> pods.hears(decided) ? more(decided) : Optional.empty();
      case SizeWritten size when size.after() > size.before() && !size.outdated() ->
          world
              .rollout()
              .filter(rollout -> isAborted(rollout) && canary(rollout).equals(size.podHash()))
              .map(_ -> "%s grows to %d after the abort".formatted(size.podHash(), size.after()));
      case Observation.CameToRest _ ->
          world
              .rollout()
              .filter(AbortedPodsOnlyFall::isAborted)
              .flatMap(rollout -> left(rollout, world));
      default -> Optional.empty();
    };
  }

  private static boolean isAborted(Rollout rollout) {
    return Headcount.isByPods(rollout) && rollout.isAborted();
  }

  private static String canary(Rollout rollout) {
    return rollout.revision().podHash();
  }

  private Optional<String> more(Decided decided) {
    Rollout next = decided.decision().next();
    if (!next.isAborted()) {
      return Optional.empty();
    }
    int before = pods.cluster().wanted(canary(next));
    int after = Sizes.of(next).getOrDefault(canary(next), 0);
    return after <= before
        ? Optional.empty()
        : Optional.of(
            "%d canary pods are wanted after the abort, %d were".formatted(after, before));
  }

  private Optional<String> left(Rollout rollout, World world) {
    int size = world.size(canary(rollout)).orElse(0);
    return size == 0 || pods.lacksPods()
        ? Optional.empty()
        : Optional.of("%d canary pods are left of an aborted update".formatted(size));
  }
}
