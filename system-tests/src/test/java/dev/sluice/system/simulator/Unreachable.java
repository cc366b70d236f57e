package dev.sluice.system.simulator;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The {@link Places} that no run visits, each with its reason: the one list of them. It is wrong as
 * soon as one of them is visited.
 */
final class Unreachable {

  private static final String ROUTED =
      "only what has served nobody is installed anew: here a route is in force";
  private static final String STILL = "nothing happens for a uid after its deletion";
  private static final String WENT = "spec and status went with the Rollout";

  /** Not impossible: the seeds do not meet it. */
  private static final String RARE =
      "possible where all stable pods die before a Service selects them, but no seed meets it: ";

  private static final SortedMap<String, String> PLACES = new TreeMap<>();

  static {
    move("Installing", "Aborted", "there is nothing to go back to");
    move("Settled", "Installing", ROUTED);
    move("Settled", "Aborted", "no update is under way");
    move("Settled", "Settling", "no other revision can be the stable one");
    move("Settling", "Aborted", "no update is under way");
    List.of("Installing", "Stepping", "Promoting", "Settling", "Settled", "Aborted")
        .forEach(state -> move("Gone", state, STILL));
    answer("Gone", "SpecificationObserved", WENT);
    answer("Gone", "SpecificationUnusable", WENT);
    answer("Gone", "CommandReceived Resume", WENT);
    answer("Gone", "CommandReceived SkipTo", WENT);
    answer("Gone", "RolloutGone", "the inbox knows it");
    answer("Installing", "RouteReported", "no split was ever wanted");

    move("Promoting", "Installing", RARE + "an update without steps that is replaced then");
    move("Aborted", "Installing", RARE + "an aborted update that is replaced then");
    answer("Installing", "RunReported", RARE + "the replaced update had begun with an analysis");
    answer(
        "Installing", "VerdictReported", RARE + "the replaced update had begun with an analysis");
    answer(
        "Installing",
        "CommandReceived TerminateRun",
        RARE + "the replaced update had begun with an analysis");
    answer(
        "Installing",
        "CommandReceived Resume",
        RARE + "the replaced update had begun with a pause");
    answer(
        "Installing",
        "TimerFired",
        "possible where a ReplicaSet cannot be made within the deadline, but no outage is as long");
    answer(
        "Gone",
        "TimerFired",
        "possible where a timer and the deletion are due within milliseconds, but no seed meets it");
  }

  private Unreachable() {}

  private static void move(String from, String to, String reason) {
    PLACES.put(Places.move(from, to), reason);
  }

  private static void answer(String state, String signal, String reason) {
    PLACES.put(Places.answer(state, signal), reason);
  }

  /** The reasons, by place. */
  static SortedMap<String, String> places() {
    return Collections.unmodifiableSortedMap(PLACES);
  }
}
