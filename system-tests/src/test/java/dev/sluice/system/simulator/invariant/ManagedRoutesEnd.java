package dev.sluice.system.simulator.invariant;

import dev.sluice.events.Fence;
import dev.sluice.events.ManagedRoute;
import dev.sluice.events.TrafficDesired;
import dev.sluice.orchestrator.Decision.Outgoing;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.List;
import java.util.Optional;

/**
 * Header and mirror routes are wanted only while an update is under way, each name once, and in a
 * step only those of the steps up to it.
 */
public final class ManagedRoutesEnd implements Invariant {

  @Override
  public String id() {
    return "managed routes";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided)) {
      return Optional.empty();
    }
    Rollout rollout = decided.decision().next();
    for (Outgoing outgoing : decided.decision().outgoing()) {
      // The last one of a decision is what holds.
      if (outgoing instanceof Outgoing.Publish(_, TrafficDesired wanted)
          && wanted.fence().equals(fence(rollout))
          && wanted.routes() != null
          && !mayBe(rollout, wanted.routes())) {
        return Optional.of(wanted.routes() + " are wanted in " + rollout.progress());
      }
    }
    return Optional.empty();
  }

  private static Fence fence(Rollout rollout) {
    return rollout.route().desired() == null ? null : rollout.route().desired().fence();
  }

  private static boolean mayBe(Rollout rollout, List<ManagedRoute> routes) {
    boolean frozen = !rollout.problem().isEmpty() || !rollout.quarantine().isEmpty();
    boolean once = routes.stream().map(ManagedRoute::name).distinct().count() == routes.size();
    return once
        && switch (rollout.progress()) {
          case Progress.Stepping(int step) ->
              frozen || rollout.specification().routesAt(step).containsAll(routes);
          case Progress.Promoting _ -> true;
          case Progress.Settling _, Progress.Settled _ -> frozen;
          case Progress.Installing _, Progress.Aborted _, Progress.Gone _ -> false;
        };
  }
}
