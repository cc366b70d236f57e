package dev.sluice.system.simulator.invariant;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficApplied.Outcome;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.StatusView;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.StatusWritten;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * I11: status weights come only from a read-back: what a state shows, and what is written into the
 * Rollout, is a weight that a router said it had read.
 *
 * <p>Exception: what another controller showed is shown on, until a router has read something.
 */
public final class StatusWeightsWereRead implements Invariant {

  private final Map<Fence, Integer> read = new HashMap<>();
  private int found;

  @Override
  public String id() {
    return "I11";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Decided decided -> {
        if (decided.told()
            instanceof Signal.RouteReported(Fence fence, Outcome.Applied(int weight, _, _))) {
          read.put(fence, weight);
        }
        if (decided.before().route().applied() == null) {
          found = decided.before().cluster().shown().weight();
        }
        yield shown(decided.before(), decided.decision().next());
      }
      case StatusWritten(int weight)
          when weight != 0 && weight != found && !read.containsValue(weight) ->
          Optional.of("status says weight " + weight + ", but nobody has read it");
      default -> Optional.empty();
    };
  }

  private Optional<String> shown(Rollout before, Rollout next) {
    if (next.route().applied() == null || next.route().equals(before.route())) {
      return Optional.empty();
    }
    StatusView.Weights weights = StatusView.of(next).weights();
    Integer back = read.get(next.route().applied().fence());
    boolean isFound = read.isEmpty() && weights != null && weights.canary() == found;
    return weights == null || isFound || Integer.valueOf(weights.canary()).equals(back)
        ? Optional.empty()
        : Optional.of("weight %d is shown, %s was read".formatted(weights.canary(), back));
  }
}
