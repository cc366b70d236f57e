package dev.sluice.orchestrator;

import dev.sluice.events.ManagedRoute;
import dev.sluice.orchestrator.Progress.Aborted;
import dev.sluice.orchestrator.Progress.Gone;
import dev.sluice.orchestrator.Progress.Installing;
import dev.sluice.orchestrator.Progress.Promoting;
import dev.sluice.orchestrator.Progress.Reason;
import dev.sluice.orchestrator.Progress.Settled;
import dev.sluice.orchestrator.Progress.Settling;
import dev.sluice.orchestrator.Progress.Stepping;
import java.util.List;
import java.util.Optional;

/**
 * Where the route is to end up, regardless of what can be done now.
 *
 * @param canary hash that the canary Service is to select
 * @param stable hash that the stable Service is to select
 * @param weight of the canary
 * @param routes header and mirror routes to the canary
 */
record Goal(String canary, String stable, int weight, List<ManagedRoute> routes) {

  static Optional<Goal> of(Rollout rollout) {
    if (!rollout.isKnown() || rollout.stableHash().isEmpty()) {
      return Optional.empty();
    }
    String current = rollout.revision().podHash();
    String stable = rollout.stableHash();
    Specification specification = rollout.specification();
    return switch (rollout.progress()) {
      case Installing _, Gone _ -> Optional.empty();
      case Stepping(int step) ->
          Optional.of(
              new Goal(
                  current, stable, specification.weightAt(step), specification.routesAt(step)));
      case Promoting(Reason reason) ->
          Optional.of(
              new Goal(
                  current,
                  stable,
                  reason.isUnderTheWeight(specification)
                      ? rollout.route().desiredWeight()
                      : specification.maxWeight(),
                  // What the last step had stays until the stable Service has everything.
                  rollout.route().desiredRoutes()));
      case Settling _, Settled _, Aborted _ -> Optional.of(new Goal(stable, stable, 0, List.of()));
    };
  }

  /** Whether both Services are to select the same pods. */
  boolean isOneSided() {
    return canary.equals(stable);
  }
}
