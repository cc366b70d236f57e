package dev.sluice.orchestrator;

import dev.sluice.events.RolloutFact;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the cluster is to look like: sizes and selectors. Compared with what is there, and written
 * where it differs.
 */
final class Levels {

  private Levels() {}

  /**
   * Logs which sizes and selectors this turn changed: they are decisions, though no region holds
   * them.
   */
  static void logChanges(Rollout before, Turn turn) {
    Rollout after = turn.state();
    Map<String, Integer> from = Sizes.of(before);
    Sizes.of(after)
        .forEach((hash, size) -> {
          int old = from.getOrDefault(hash, after.cluster().wanted(hash));
          if (size != old && size != after.cluster().wanted(hash)) {
            turn.log(
                new RolloutFact.ReplicaSetScaled(
                    after.replicaSetName(hash), revisionOf(after, hash), old, size));
          }
        });
    OptionalInt workload = WorkloadSize.of(after);
    if (workload.isPresent() && !workload.equals(WorkloadSize.of(before))) {
      turn.log(
          new RolloutFact.WorkloadScaled(
              after.specification().workload().kind(),
              after.specification().workload().name(),
              workload.getAsInt()));
    }
    RoutePlan plan = RoutePlan.of(after);
    RoutePlan old =
        before.isKnown() ? RoutePlan.of(before) : new RoutePlan("", "", RoutePlan.NONE, List.of());
    boolean swap = before.swapped() != after.swapped();
    logSwitch(
        turn,
        after.stableService(),
        swap ? old.canary() : old.stable(),
        plan.stable(),
        after.cluster().stableSelector());
    logSwitch(
        turn,
        after.canaryService(),
        swap ? old.stable() : old.canary(),
        plan.canary(),
        after.cluster().canarySelector());
  }

  private static int revisionOf(Rollout rollout, String podHash) {
    Cluster.ReplicaSet seen = rollout.cluster().replicaSets().get(podHash);
    return podHash.equals(rollout.revision().podHash()) || seen == null
        ? rollout.revision().number()
        : seen.revision();
  }

  private static void logSwitch(Turn turn, String service, String old, String wanted, String seen) {
    if (!wanted.equals(old) && !wanted.equals(seen)) {
      turn.log(new RolloutFact.ServiceSwitched(service, seen, wanted));
    }
  }
}
