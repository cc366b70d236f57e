package dev.sluice.orchestrator;

import dev.sluice.orchestrator.Progress.Aborted;
import dev.sluice.orchestrator.Progress.Gone;
import dev.sluice.orchestrator.Progress.Installing;
import dev.sluice.orchestrator.Progress.Promoting;
import dev.sluice.orchestrator.Progress.Settled;
import dev.sluice.orchestrator.Progress.Settling;
import dev.sluice.orchestrator.Progress.Stepping;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many pods each ReplicaSet is to have: a function of the state. Capacity comes before weight
 * on the way up, and goes after the weight was read back on the way down. Source of the counts:
 * argo-rollouts, routed canary. Without a router the numbers of pods are the weights: {@link
 * PodSizes}.
 */
public final class Sizes {

  private Sizes() {}

  /** Wanted pods by pod hash, for every ReplicaSet that exists or is to exist. */
  public static Map<String, Integer> of(Rollout rollout) {
    Map<String, Integer> sizes = new TreeMap<>();
    if (!rollout.isKnown() || rollout.revision() == null) {
      return sizes;
    }
    if (!rollout.specification().isRouted()) {
      return isFrozen(rollout) ? asTheyAre(rollout) : PodSizes.of(rollout);
    }
    Exposure exposure = Exposure.of(rollout);
    rollout.cluster().replicaSets().keySet().forEach(h -> sizes.put(h, size(rollout, exposure, h)));
    String current = rollout.revision().podHash();
    sizes.computeIfAbsent(current, h -> size(rollout, exposure, h));
    return sizes;
  }

  private static Map<String, Integer> asTheyAre(Rollout rollout) {
    Map<String, Integer> sizes = new TreeMap<>();
    rollout.cluster().replicaSets().forEach((hash, seen) -> sizes.put(hash, seen.wanted()));
    sizes.putIfAbsent(rollout.revision().podHash(), 0);
    return sizes;
  }

  private static int size(Rollout rollout, Exposure exposure, String podHash) {
    int needed = needed(rollout, exposure.share(podHash), podHash);
    if (isFrozen(rollout)) {
      // A halt takes nothing away, and what has traffic keeps the pods that carry it: its share may
      // have grown by a weight that was wanted before a size of ours was seen.
      return Math.max(rollout.cluster().wanted(podHash), needed);
    }
    if (podHash.equals(rollout.stableHash())) {
      return stable(rollout, needed);
    }
    return podHash.equals(rollout.revision().podHash())
        ? canary(rollout, needed, exposure)
        : leaving(rollout, podHash, needed, exposure);
  }

  // The user may ask for fewer canary pods than this step's weight needs, but not than a higher one
  // does that is yet to fall.
  private static int needed(Rollout rollout, int share, String podHash) {
    Specification specification = rollout.specification();
    int needed = specification.podsFor(share);
    boolean canary =
        podHash.equals(rollout.revision().podHash()) && !podHash.equals(rollout.stableHash());
    return canary
            && rollout.progress() instanceof Stepping(int step)
            && specification.isScaledAt(step)
            && share <= specification.weightAt(step)
        ? Math.min(needed, specification.canaryPodsAt(step))
        : needed;
  }

  // An abort has its way even where the user halted everything.
  private static boolean isFrozen(Rollout rollout) {
    boolean inconclusive =
        rollout.pauses().stream().anyMatch(p -> p.reason() == PauseCondition.Reason.INCONCLUSIVE);
    return !rollout.isAborted()
        && (inconclusive
            || rollout.specification().paused()
            || !rollout.problem().isEmpty()
            || !rollout.quarantine().isEmpty());
  }

  private static int stable(Rollout rollout, int needed) {
    Specification specification = rollout.specification();
    int all = specification.replicas();
    boolean smaller = specification.dynamicStableScale() && !isSuperseding(rollout);
    // At least one pod as long as a Service selects it, even if it is to get nothing.
    int least = Math.max(needed, Math.min(1, all));
    int held = Math.min(all, rollout.cluster().wanted(rollout.stableHash()));
    return switch (rollout.progress()) {
      case Stepping(int step) when smaller ->
          Math.max(least, rest(specification, specification.weightAt(step)));
      case Promoting _ when smaller -> Math.max(least, held);
      case Aborted _ when smaller && !rollout.capacityForced() ->
          Math.max(Math.max(least, held), rest(specification, AbortLadder.rung(rollout)));
      case Installing _, Stepping _, Promoting _, Settling _, Settled _, Aborted _, Gone _ -> all;
    };
  }

  // The stable pods beside a canary of this weight.
  private static int rest(Specification specification, int weight) {
    return specification.raisedPodsFor(specification.maxWeight() - weight);
  }

  // The pods of an abandoned revision still have traffic, which is to come back first.
  private static boolean isSuperseding(Rollout rollout) {
    return rollout.route().highestWeight() > 0
        && !rollout.cluster().canarySelector().equals(rollout.revision().podHash());
  }

  private static int canary(Rollout rollout, int needed, Exposure exposure) {
    Specification specification = rollout.specification();
    return switch (rollout.progress()) {
      case Installing _, Promoting _, Settling _, Settled _ -> specification.replicas();
      case Stepping(int step) -> stepping(rollout, needed, exposure, step);
      case Aborted _ -> leaving(rollout, rollout.revision().podHash(), needed, exposure);
      case Gone _ -> rollout.cluster().wanted(rollout.revision().podHash());
    };
  }

  private static int stepping(Rollout rollout, int needed, Exposure exposure, int step) {
    Specification specification = rollout.specification();
    String podHash = rollout.revision().podHash();
    if (rollout.cluster().stableSelector().isEmpty()) {
      // The Services still select the pods of all: these would have traffic that no step allows.
      return rollout.cluster().wanted(podHash);
    }
    int least = exposure.pointsAt(podHash) ? Math.min(1, specification.replicas()) : 0;
    return Math.max(least, Math.max(needed, specification.canaryPodsAt(step)));
  }

  private static int leaving(Rollout rollout, String podHash, int needed, Exposure exposure) {
    // Fewer pods in all are fewer here too; more of them never are.
    int all = rollout.specification().replicas();
    int held = Math.min(rollout.cluster().wanted(podHash), Math.max(needed, all));
    if (needed > 0 || exposure.pointsAt(podHash)) {
      return goesWithItsShare(rollout, podHash) ? Math.min(held, Math.max(1, needed)) : held;
    }
    return switch (rollout.retirements().get(podHash)) {
      case null -> 0;
      case Retirement.Over _ -> 0;
      case Retirement.Waiting _, Retirement.Until _, Retirement.Kept _ -> held;
    };
  }

  // An aborted canary without a delay makes room for the stable pods that come back.
  private static boolean goesWithItsShare(Rollout rollout, String podHash) {
    return rollout.isAborted()
        && podHash.equals(rollout.revision().podHash())
        && rollout.specification().abortScaleDownDelay().isNone();
  }
}
