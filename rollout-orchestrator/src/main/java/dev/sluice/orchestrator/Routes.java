package dev.sluice.orchestrator;

import dev.sluice.events.Fence;
import dev.sluice.events.ManagedRoute;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied.Outcome;
import dev.sluice.events.TrafficDesired;
import java.util.ArrayList;
import java.util.List;

/** What is asked of the router, and what its answers mean. */
final class Routes {

  private Routes() {}

  /** Publishes the next safe split if it is another one; says whether it did. */
  static boolean steer(Turn turn) {
    RoutePlan plan = RoutePlan.of(turn.state());
    Route.Wanted desired = turn.route.desired();
    boolean same =
        desired != null
            && desired.weight() == plan.weight()
            && desired.routes().equals(plan.routes())
            && desired.fence().epoch() == turn.epoch
            && !turn.routeStale;
    if (same || plan.weight() == RoutePlan.NONE) {
      turn.routeStale = false;
      return false;
    }
    turn.routeStale = false;
    turn.log(new RolloutFact.WeightDesired(plan.weight(), plan.canary(), plan.stable()));
    if (!plan.routes().equals(turn.route.desiredRoutes())) {
      turn.log(
          new RolloutFact.ManagedRoutesDesired(
              plan.routes().stream().map(ManagedRoute::name).toList()));
    }
    List<Route.Wanted> asked = new ArrayList<>(turn.route.asked());
    asked.add(
        new Route.Wanted(turn.fence(), plan.weight(), plan.canary(), plan.stable(), plan.routes()));
    turn.route = new Route(asked, turn.route.applied(), turn.now, turn.route.failure());
    publish(turn);
    return true;
  }

  /** Publishes what is already wanted once more, under its old fence: an answer is overdue. */
  static void publishAgain(Turn turn) {
    if (!turn.route.asked().isEmpty()) {
      turn.route =
          new Route(turn.route.asked(), turn.route.applied(), turn.now, turn.route.failure());
      publish(turn);
    }
  }

  /** The user wants no router any more: what it has routed to the canary comes back. */
  static void leave(Turn turn, Specification before) {
    Route.Wanted last = turn.route.desired();
    if (last != null) {
      turn.log(new RolloutFact.WeightDesired(0, last.canaryHash(), last.stableHash()));
      publish(
          turn,
          before,
          new Route.Wanted(turn.fence(), 0, last.canaryHash(), last.stableHash(), List.of()));
    }
    turn.route = Route.UNKNOWN;
    turn.retirements.clear();
  }

  /**
   * The Services swap their parts: all traffic that the canary has is the stable side's from now
   * on, and nothing moves.
   */
  static void swap(Turn turn) {
    turn.swapped = !turn.swapped;
    turn.cluster = turn.cluster.inParts(turn.swapped);
    turn.route = turn.route.mirrored(turn.specification.maxWeight());
    turn.routeStale = true;
  }

  private static void publish(Turn turn) {
    publish(turn, turn.specification, turn.route.desired());
  }

  private static void publish(Turn turn, Specification specification, Route.Wanted wanted) {
    if (!(specification.splitting()
        instanceof Specification.Splitting.ByRoute(var router, int maxWeight, _, var managed, _))) {
      return;
    }
    turn.outgoing.add(
        new Decision.Outgoing.Publish(
            Topics.TRAFFIC_DESIRED,
            new TrafficDesired(
                turn.identity.uid(),
                turn.identity.namespace(),
                turn.identity.name(),
                wanted.fence(),
                router,
                new TrafficDesired.Destination(
                    specification.stableService(turn.swapped), wanted.stableHash()),
                new TrafficDesired.Destination(
                    specification.canaryService(turn.swapped), wanted.canaryHash()),
                wanted.weight(),
                maxWeight,
                List.of(),
                managed,
                wanted.routes().isEmpty() ? null : wanted.routes())));
  }

  static void reported(Turn turn, Fence fence, Outcome outcome) {
    switch (outcome) {
      case Outcome.Applied(int weight, int previous, var objects) -> {
        if (confirm(turn, fence)) {
          turn.log(new RolloutFact.WeightApplied(weight, previous, objects));
          turn.progressed();
        } else if (recover(turn, fence)) {
          turn.log(new RolloutFact.WeightApplied(weight, previous, objects));
        }
      }
      case Outcome.Superseded(Fence found) -> superseded(turn, found);
      case Outcome.Failed(String message, _) -> {
        if (!message.equals(turn.route.failure())) {
          turn.log(new RolloutFact.TrafficRoutingFailed(message));
          turn.route =
              new Route(turn.route.asked(), turn.route.applied(), turn.route.askedAt(), message);
        }
      }
    }
  }

  // An answer to an older wish says what was in force then; the newer ones are still open.
  private static boolean confirm(Turn turn, Fence fence) {
    List<Route.Wanted> open = new ArrayList<>(turn.route.asked());
    Route.Wanted confirmed = null;
    while (!open.isEmpty() && open.getFirst().fence().compareTo(fence) <= 0) {
      confirmed = open.removeFirst();
    }
    if (confirmed == null || !confirmed.fence().equals(fence)) {
      return false;
    }
    turn.route = new Route(open, confirmed, turn.route.askedAt(), "");
    return true;
  }

  // What was in force before is so again: a fight is over, and with it the complaint.
  private static boolean recover(Turn turn, Fence fence) {
    Route route = turn.route;
    if (route.failure().isEmpty()
        || !route.isVerified()
        || !route.applied().fence().equals(fence)) {
      return false;
    }
    turn.route = new Route(route.asked(), route.applied(), route.askedAt(), "");
    return true;
  }

  // The route has seen decisions that this store has not: it was restored from an older state. What
  // is on the route now is unknown; our own wish holds when it is published with a higher number.
  private static void superseded(Turn turn, Fence found) {
    Route.Wanted desired = turn.route.desired();
    if (desired == null || found.compareTo(desired.fence()) <= 0) {
      return;
    }
    boolean isAbove = found.compareTo(turn.fence()) > 0;
    turn.log(new RolloutFact.WeightSuperseded(found));
    if (!isAbove) {
      // Decisions since the last wish have overtaken it, but no wish has: nothing else would.
      turn.routeStale = true;
      return;
    }
    long from = turn.epoch;
    turn.raiseEpochTo(Math.max(turn.epoch, found.epoch()) + 1);
    turn.log(
        new RolloutFact.EpochRaised(
            from, turn.epoch, "the route carries fence " + found + ", above this store's"));
    Runs.setAside(turn, "the epoch was raised over the route's fence");
  }
}
