package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Restart;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.RoutePlan;
import dev.sluice.orchestrator.Sizes;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When for long nothing went wrong, all is done: every aborted Rollout has weight 0 and its canary
 * Service on the stable pods; every update that nobody halted is through, aborted, or over its
 * deadline; cluster and route are as the state wants them.
 *
 * <p>Exception: where the first revision never came up, the Services select no hash yet, and there
 * is nothing to take back.
 */
public final class EverythingArrives implements Invariant {

  @Override
  public String id() {
    return "liveness";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return seen instanceof Observation.CameToRest ? unfinished(world) : Optional.empty();
  }

  /** What is still to be done; empty if nothing is. */
  static Optional<String> unfinished(World world) {
    Rollout rollout = world.rollout().orElse(null);
    Optional<String> unknown =
        world.uid().filter(uid -> rollout == null || !rollout.identity().uid().equals(uid));
    if (unknown.isPresent()) {
      return Optional.of("nobody has seen " + unknown.get());
    }
    if (world.uid().isPresent() != (rollout != null && !isGone(rollout))) {
      return Optional.of("it is there: " + world.uid() + ", and " + rollout.progress());
    }
    if (rollout == null || rollout.revision() == null) {
      return Optional.empty();
    }
    if (isLeftUnreplaced(rollout)) {
      return Optional.of("pods are not replaced: " + rollout.restart());
    }
    return switch (rollout.progress()) {
      case Progress.Gone _ -> Optional.empty();
      case Progress.Aborted _ -> notTakenBack(rollout, world).or(() -> levels(rollout, world));
      case Progress.Settled _ -> levels(rollout, world);
      case Progress.Installing _, Progress.Stepping _, Progress.Promoting _, Progress.Settling _ ->
          mayStay(rollout)
              ? levels(rollout, world)
              : Optional.of("it stays at " + rollout.progress());
    };
  }

  private static boolean isGone(Rollout rollout) {
    return rollout.progress() instanceof Progress.Gone;
  }

  private static boolean mayStay(Rollout rollout) {
    boolean endless = rollout.pauses().stream().anyMatch(p -> p.until() == null);
    return endless
        || (rollout.deadlineExceeded() && !(Headcount.isByPods(rollout) && haveAllCome(rollout)))
        || rollout.specification().paused()
        || !rollout.problem().isEmpty()
        || !rollout.quarantine().isEmpty();
  }

  // Without a router nothing but pods can be missing.
  private static boolean haveAllCome(Rollout rollout) {
    return rollout.cluster().replicaSets().values().stream()
        .allMatch(set -> set.available() >= set.wanted());
  }

  private static boolean isLeftUnreplaced(Rollout rollout) {
    int all =
        rollout.cluster().replicaSets().values().stream()
            .mapToInt(Cluster.ReplicaSet::wanted)
            .sum();
    return switch (rollout.restart()) {
      case Restart.Never _, Restart.Done _ -> false;
      case Restart.Awaited _ -> !(rollout.progress() instanceof Progress.Gone);
      case Restart.UnderWay _ ->
          !(rollout.progress() instanceof Progress.Gone)
              && haveAllCome(rollout)
              && all >= rollout.specification().replicas();
    };
  }

  private static Optional<String> notTakenBack(Rollout rollout, World world) {
    boolean neverRouted = rollout.route().desired() == null && world.stableSelector().isEmpty();
    boolean selected =
        rollout.specification().canaryService().isEmpty()
            || world.canarySelector().equals(rollout.stableHash());
    boolean unweighted = Headcount.isByPods(rollout) || world.weight() == 0;
    return unweighted && (selected || neverRouted)
        ? Optional.empty()
        : Optional.of(
            "aborted, but weight %d and canary -> %s"
                .formatted(world.weight(), world.canarySelector()));
  }

  private static Optional<String> levels(Rollout rollout, World world) {
    for (Map.Entry<String, Integer> wanted : Sizes.of(rollout).entrySet()) {
      OptionalInt size = world.size(wanted.getKey());
      if (size.isEmpty() || size.getAsInt() != wanted.getValue()) {
        return Optional.of("size of " + wanted + " is " + size);
      }
    }
    RoutePlan plan = RoutePlan.of(rollout);
    boolean selected =
        (plan.canary().isEmpty() || plan.canary().equals(world.canarySelector()))
            && (plan.stable().isEmpty() || plan.stable().equals(world.stableSelector()));
    if (!selected) {
      return Optional.of("selectors are not as in " + plan);
    }
    boolean routed =
        rollout.route().desired() == null
            || (!world.isForeign()
                && world.weight() == rollout.route().desiredWeight()
                && rollout.route().isVerified());
    return routed ? Optional.empty() : Optional.of("the route is not as in " + rollout.route());
  }
}
