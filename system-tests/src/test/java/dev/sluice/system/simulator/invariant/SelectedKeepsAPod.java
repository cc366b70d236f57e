package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Sizes;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.SizeWritten;
import java.util.Optional;

/**
 * I8 without a router: no ReplicaSet is scaled to 0 while a Service that the Rollout names selects
 * it.
 *
 * <p>Exceptions: there are to be no pods at all; a size or a selector that slipped, or that nobody
 * has seen yet.
 */
public final class SelectedKeepsAPod implements Invariant {

  private final Headcount pods = new Headcount();

  @Override
  public String id() {
    return "I8 by selector";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Decided decided ->
          pods.hears(decided) ? decided(decided.decision().next()) : Optional.empty();
      case SizeWritten size when size.before() > 0 && size.after() == 0 && !size.outdated() ->
          written(size.podHash(), world.rollout().orElseThrow(), world);
      default -> Optional.empty();
    };
  }

  private Optional<String> decided(Rollout rollout) {
    Cluster told = pods.cluster();
    return Sizes.of(rollout).entrySet().stream()
        .filter(size -> size.getValue() == 0 && told.wanted(size.getKey()) > 0)
        .filter(size -> rollout.specification().replicas() > 0)
        .filter(size ->
            size.getKey().equals(told.canarySelector())
                || size.getKey().equals(told.stableSelector()))
        .map(size -> size.getKey() + " is to have no pods, but a Service selects it")
        .findFirst();
  }

  private static Optional<String> written(String podHash, Rollout rollout, World world) {
    Cluster known = rollout.cluster();
    boolean canary =
        !rollout.specification().canaryService().isEmpty()
            && world.canarySelector().equals(podHash)
            && known.canarySelector().equals(podHash);
    boolean stable =
        !rollout.specification().stableService().isEmpty()
            && world.stableSelector().equals(podHash)
            && known.stableSelector().equals(podHash);
    boolean wrong =
        Headcount.isByPods(rollout) && rollout.specification().replicas() > 0 && (canary || stable);
    return wrong
        ? Optional.of(podHash + " has no pods any more, but a Service selects it")
        : Optional.empty();
  }
}
