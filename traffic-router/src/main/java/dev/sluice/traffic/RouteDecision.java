package dev.sluice.traffic;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficDesired;
import java.util.Optional;

/**
 * Whether a wanted split may be written on a route object. An older decision never follows a newer
 * one, whoever sends it and however long it slept: the fence on the object stands against it, and
 * the object's version that the decision saw goes with the write.
 */
public sealed interface RouteDecision {

  /** There is no object: make one. */
  record Create() implements RouteDecision {}

  /**
   * Write weight and fence, in one request, on the version that was seen.
   *
   * @param foreign whether somebody else had changed what this very decision wrote
   */
  record Write(boolean foreign) implements RouteDecision {}

  /** The object says all of it already: nothing to write. */
  record AlreadyApplied() implements RouteDecision {}

  /** A newer decision was written: this one is dropped. */
  record Superseded(Fence found) implements RouteDecision {}

  /** The object belongs to somebody else. */
  record NotOurs(String message) implements RouteDecision {}

  /**
   * The object carries no fence of ours (new, recreated, annotations replaced), so that it cannot
   * tell whether this decision is old: read the log to its current end first.
   */
  record WaitForEnd() implements RouteDecision {}

  /**
   * Decides for one object.
   *
   * @param readToEnd whether the log of wanted splits was read to its end after the object was
   *     read, and this split is the newest in it
   */
  static RouteDecision decide(
      TrafficDesired wanted, Optional<RouteView> observed, boolean readToEnd) {
    if (observed.isEmpty()) {
      return readToEnd ? new Create() : new WaitForEnd();
    }
    RouteView route = observed.get();
    if (route.controller().isEmpty() || !route.controller().get().uid().equals(wanted.uid())) {
      return new NotOurs(controlledByAnother(wanted, route));
    }
    Optional<Fence> found = route.fenceOf(wanted.uid());
    if (found.isEmpty()) {
      return readToEnd ? new Write(true) : new WaitForEnd();
    }
    if (wanted.fence().isOlderThan(found.get())) {
      return new Superseded(found.get());
    }
    boolean same = found.get().equals(wanted.fence());
    if (same && route.weight() == wanted.weight() && route.otherwiseAsWanted()) {
      return new AlreadyApplied();
    }
    return new Write(same);
  }

  private static String controlledByAnother(TrafficDesired wanted, RouteView route) {
    String by =
        route
            .controller()
            .map(owner -> "%s %s (%s)".formatted(owner.kind(), owner.name(), owner.uid()))
            .orElse("nobody");
    return "%s is controlled by %s, not by Rollout %s (%s): delete or rename it"
        .formatted(route.object(), by, wanted.name(), wanted.uid());
  }
}
