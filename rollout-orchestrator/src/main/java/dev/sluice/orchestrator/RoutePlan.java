package dev.sluice.orchestrator;

import dev.sluice.events.ManagedRoute;
import dev.sluice.orchestrator.Progress.Promoting;
import dev.sluice.orchestrator.Progress.Reason;
import java.util.List;
import java.util.Optional;

/**
 * The next safe move of the route: what each Service is to select and which weight the canary is to
 * have now. Without a router there is no weight. Nobody's share rises before its pods can carry it,
 * and a weight rises only over a selector that was seen in place.
 *
 * @param canary hash that the canary Service is to select; empty: leave it as it is
 * @param stable hash that the stable Service is to select; empty: leave it as it is
 * @param weight of the canary; {@link #NONE} where there is no route, or before there is one
 * @param routes header and mirror routes to the canary; the first has precedence
 */
public record RoutePlan(String canary, String stable, int weight, List<ManagedRoute> routes) {

  /** There is no route to speak of, or not yet. */
  public static final int NONE = -1;

  /** The plan for this state. */
  public static RoutePlan of(Rollout rollout) {
    Optional<Goal> goal = Goal.of(rollout);
    boolean frozen = !rollout.problem().isEmpty() || !rollout.quarantine().isEmpty();
    if (goal.isEmpty() || (frozen && !rollout.isAborted())) {
      return asItIs(rollout);
    }
    return new Planner(rollout, goal.get()).plan();
  }

  private static RoutePlan asItIs(Rollout rollout) {
    Route.Wanted desired = rollout.route().desired();
    return new RoutePlan(
        rollout.cluster().canarySelector(),
        rollout.cluster().stableSelector(),
        desired == null ? NONE : desired.weight(),
        rollout.route().desiredRoutes());
  }

  private record Planner(Rollout rollout, Goal goal) {

    RoutePlan plan() {
      String stable = stableSelector();
      return new RoutePlan(canarySelector(stable), stable, weight(), routes());
    }

    private String stableSelector() {
      String seen = cluster().stableSelector();
      if (rollout.stableService().isEmpty()) {
        return seen;
      }
      boolean move =
          rollout.carriesEverything(goal.stable())
              || (!seen.isEmpty() && isDead(seen) && cluster().carrying(goal.stable()) > 0);
      return seen.equals(goal.stable()) || move || wasEmptied(seen) ? goal.stable() : seen;
    }

    // Somebody has taken the hash away that a route relies on: the Service selects the pods of all,
    // the canary's too. Fewer pods of the right kind are better. In a first deployment nobody has.
    private boolean wasEmptied(String seen) {
      return seen.isEmpty()
          && rollout.everHealthy()
          && rollout.route().desired() != null
          && cluster().carrying(goal.stable()) > 0;
    }

    private String canarySelector(String plannedStable) {
      String seen = cluster().canarySelector();
      if (rollout.canaryService().isEmpty() || seen.equals(goal.canary())) {
        return seen;
      }
      boolean hasPods = cluster().carrying(goal.canary()) > 0 || specification().replicas() == 0;
      if (!hasPods && mayStepAside(seen)) {
        return goal.stable();
      }
      if (seen.isEmpty() && !goal.isOneSided() && rollout.route().highestWeight() > 0) {
        return whoHasTheTraffic();
      }
      boolean move;
      if (seen.isEmpty()) {
        move =
            hasPods && (rollout.stableService().isEmpty() || plannedStable.equals(goal.stable()));
      } else if (rollout.route().highestWeight() == 0) {
        move = hasPods || goal.isOneSided();
      } else if (goal.isOneSided()) {
        move = mayFallFreely(seen) || rollout.carriesEverything(goal.stable());
      } else {
        // The pods behind the canary Service have traffic; other ones must not inherit it.
        move = false;
      }
      return move ? goal.canary() : seen;
    }

    // Somebody has taken the hash away under the weight. The revision that the weight was for gets
    // it back, whatever came after it: others must not inherit the traffic.
    private String whoHasTheTraffic() {
      String before = rollout.route().desired().canaryHash();
      boolean isStill = cluster().carrying(before) > 0;
      boolean others = !before.equals(goal.canary()) && cluster().carrying(goal.stable()) > 0;
      return isStill ? before : others ? goal.stable() : "";
    }

    // Without traffic the canary Service neither stays with pods that are not there, nor with those
    // of a revision that was given up where this step has no canary pods to wait for.
    private boolean mayStepAside(String seen) {
      boolean waitsInVain = isWithoutCanaryPods() || cluster().wanted(seen) == 0;
      return !seen.isEmpty()
          && rollout.route().highestWeight() == 0
          && waitsInVain
          && cluster().carrying(goal.stable()) > 0;
    }

    private boolean isWithoutCanaryPods() {
      if (!(rollout.progress() instanceof Progress.Stepping(int step))) {
        return false;
      }
      return specification().isRouted()
          ? specification().canaryPodsAt(step) == 0
          : PodSplit.of(specification(), goal.weight()).canary() == 0;
    }

    private int weight() {
      if (!specification().isRouted()) {
        return NONE;
      }
      Route.Wanted desired = rollout.route().desired();
      boolean selectorsSeen =
          rollout.isCanarySelected(goal.canary()) && rollout.isStableSelected(goal.stable());
      if (desired == null) {
        return selectorsSeen && mayBegin() ? 0 : NONE;
      }
      int now = desired.weight();
      boolean otherCanary = !goal.isOneSided() && !cluster().canarySelector().equals(goal.canary());
      if (otherCanary || isLost()) {
        return fall(now, 0);
      }
      if (goal.weight() <= now) {
        return fall(now, goal.weight());
      }
      return selectorsSeen && rollout.route().isVerified() && !rollout.keepsItsShare()
          ? rise(now)
          : now;
    }

    // What a route had before it was taken away for a while is not known: it may be that the stable
    // side was made smaller for it.
    private boolean mayBegin() {
      return goal.isOneSided()
          || mayFallFreely(goal.canary())
          || rollout.carriesEverything(goal.stable());
    }

    // Nobody is there to answer: the canary's share goes back until somebody is. Where there are
    // to be no pods at all, nobody is on the other side either. Source: argo-rollouts, traffic
    // routing.
    private boolean isLost() {
      return !goal.isOneSided() && specification().replicas() > 0 && isDead(goal.canary());
    }

    private int rise(int now) {
      if (rollout.isAvailableEnough(canaryPods())) {
        return goal.weight();
      }
      int last = specification().weightAt(specification().steps().size());
      boolean halfway =
          rollout.progress() instanceof Promoting(Reason reason)
              && reason == Reason.WITHIN_WINDOW
              && last > now
              && cluster().carrying(goal.canary())
                  >= specification().scaling().enough(specification().podsFor(last));
      return halfway ? last : now;
    }

    // The canary pods that there are to be before the weight is raised to the goal's.
    private int canaryPods() {
      return rollout.progress() instanceof Progress.Stepping(int step)
          ? specification().canaryPodsAt(step)
          : specification().podsFor(goal.weight());
    }

    // What the canary loses goes to the stable Service: it must select the right pods, and they
    // must be there.
    private int fall(int now, int target) {
      String seen = cluster().stableSelector();
      // Without a hash it selects the stable pods as well, if there are any: an abort has its way.
      boolean isStable = seen.equals(goal.stable()) || (seen.isEmpty() && rollout.isAborted());
      if (!isStable) {
        return now;
      }
      boolean samePods = cluster().canarySelector().equals(cluster().stableSelector());
      if (samePods || mayFallFreely(cluster().canarySelector())) {
        return target;
      }
      int carried =
          (int)
              ((long) cluster().carrying(goal.stable())
                  * specification().maxWeight()
                  / specification().replicas());
      return Math.min(inForce(now), Math.max(target, specification().maxWeight() - carried));
    }

    // A raise may not have landed when its update is aborted: it must not land as the abort's own.
    private int inForce(int now) {
      Route route = rollout.route();
      return rollout.isAborted() && route.applied() != null
          ? Math.min(now, route.lowestWeight())
          : now;
    }

    // A route ends at once, and begins when somebody is there who answers its requests.
    private List<ManagedRoute> routes() {
      List<ManagedRoute> now = rollout.route().desiredRoutes();
      boolean answered =
          !goal.isOneSided()
              && rollout.isCanarySelected(goal.canary())
              && cluster().carrying(goal.canary()) > 0;
      boolean may = answered && rollout.route().isVerified() && !rollout.keepsItsShare();
      if (may) {
        return goal.routes();
      }
      boolean others = !cluster().canarySelector().equals(goal.canary());
      return others || isLost() ? List.of() : now.stream().filter(goal.routes()::contains).toList();
    }

    // Only a stable side that was made smaller has to be waited for, and not for ever; and dead
    // canary pods serve nobody.
    private boolean mayFallFreely(String seenCanary) {
      return !specification().dynamicStableScale()
          || rollout.capacityForced()
          || specification().replicas() == 0
          || isDead(seenCanary);
    }

    private boolean isDead(String podHash) {
      return cluster().available(podHash) == 0;
    }

    private Cluster cluster() {
      return rollout.cluster();
    }

    private Specification specification() {
      return rollout.specification();
    }
  }
}
