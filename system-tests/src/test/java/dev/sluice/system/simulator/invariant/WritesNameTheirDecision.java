package dev.sluice.system.simulator.invariant;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficDesired;
import dev.sluice.orchestrator.Decision.Outgoing;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.RoutePlan;
import dev.sluice.orchestrator.Sizes;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.SelectorWritten;
import dev.sluice.system.simulator.invariant.Observation.SizeWritten;
import dev.sluice.system.simulator.invariant.Observation.WeightWritten;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * I13: every write by us names the (epoch, seq) that it was computed from, and writes what a state
 * with that number wanted. Several states have the same number: what was observed of the cluster is
 * no event.
 */
public final class WritesNameTheirDecision implements Invariant {

  private final Map<Fence, List<Rollout>> states = new HashMap<>();
  private final Map<Fence, Integer> weights = new HashMap<>();

  @Override
  public String id() {
    return "I13";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Decided decided -> {
        remember(decided);
        yield Optional.empty();
      }
      case SizeWritten size ->
          unlessSome(
              size.fence(),
              state -> Integer.valueOf(size.after()).equals(Sizes.of(state).get(size.podHash())),
              seen);
      case SelectorWritten selector ->
          unlessSome(
              selector.fence(), state -> selector.after().equals(wanted(selector, state)), seen);
      case WeightWritten weight when !weight.isForeign() ->
          Integer.valueOf(weight.after()).equals(weights.get(weight.fence()))
              ? Optional.empty()
              : Optional.of("nobody decided on " + seen);
      default -> Optional.empty();
    };
  }

  private void remember(Decided decided) {
    Rollout next = decided.decision().next();
    states.computeIfAbsent(next.fence(), _ -> new ArrayList<>()).add(next);
    for (Outgoing outgoing : decided.decision().outgoing()) {
      if (outgoing instanceof Outgoing.Publish(_, TrafficDesired wanted)) {
        weights.put(wanted.fence(), wanted.weight());
      }
    }
  }

  private static String wanted(SelectorWritten selector, Rollout state) {
    RoutePlan plan = RoutePlan.of(state);
    return selector.canary() ? plan.canary() : plan.stable();
  }

  private Optional<String> unlessSome(Fence fence, Predicate<Rollout> wants, Observation seen) {
    return states.getOrDefault(fence, List.of()).stream().anyMatch(wants)
        ? Optional.empty()
        : Optional.of("nobody decided on " + seen);
  }
}
