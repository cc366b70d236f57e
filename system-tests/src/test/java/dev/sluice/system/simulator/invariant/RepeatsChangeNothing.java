package dev.sluice.system.simulator.invariant;

import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Decider;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.WeightWritten;
import java.util.Optional;

/**
 * I12: an effect repeated changes nothing. What a neighbour says once more is decided on once more,
 * and nothing follows; a split that is on the route is not written to it again.
 *
 * <p>Commands, image pushes and timers are known by their ids, so no second decision comes of them
 * at all (see {@link CommandsAnsweredOnce}); who starts asks for everything to be published again.
 */
public final class RepeatsChangeNothing implements Invariant {

  private Fence routed = Fence.NONE;

  @Override
  public String id() {
    return "I12";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Decided decided when isRepeatable(decided.signal()) -> again(decided);
      case WeightWritten weight -> {
        boolean isThere = !weight.isForeign() && weight.fence().equals(routed);
        routed = weight.fence();
        yield isThere
            ? Optional.of("the split of " + weight.fence() + " is written once more")
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static boolean isRepeatable(Signal signal) {
    return switch (signal) {
      case Signal.ClusterObserved _,
          Signal.SpecificationObserved _,
          Signal.SpecificationUnusable _,
          Signal.RouteReported _,
          Signal.RunReported _,
          Signal.VerdictReported _,
          Signal.PluginAnswered _,
          Signal.PodsReplaced _,
          Signal.ReplicaSetRefused _,
          Signal.DecisionFailed _,
          Signal.RolloutGone _ ->
          true;
      case Signal.CommandReceived _,
          Signal.ImagePushReported _,
          Signal.TimerFired _,
          Signal.RepublishRequested _ ->
          false;
    };
  }

  private static Optional<String> again(Decided decided) {
    Decision again = Decider.on(decided.decision().next(), decided.signal(), decided.at());
    boolean isNothing = again.entries().isEmpty() && again.outgoing().isEmpty();
    return isNothing
        ? Optional.empty()
        : Optional.of(
            "said once more, "
                + decided.signal()
                + " leads to "
                + again.entries()
                + again.outgoing());
  }
}
