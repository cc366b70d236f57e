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
  private static final String LATE =
      "who looked at an older version when the Rollout went may still say so";

  private static final SortedMap<String, String> PLACES = new TreeMap<>();
  private static final SortedMap<String, String> RARE = new TreeMap<>();

  static {
    move("Settled", "Installing", ROUTED);
    move("Settled", "Aborted", "no update is under way");
    move("Settling", "Aborted", "no update is under way");
    List.of("Installing", "Stepping", "Promoting", "Settling", "Settled", "Aborted")
        .forEach(state -> move("Gone", state, STILL));
    answer(PLACES, "Gone", "RolloutGone", "the inbox knows it");
    answer(PLACES, "Installing", "RouteReported", "no split was ever wanted");
    answer(RARE, "Gone", "SpecificationObserved", LATE);
    answer(RARE, "Gone", "SpecificationUnusable", LATE);
    answer(RARE, "Gone", "CommandReceived Resume", LATE);
    answer(RARE, "Gone", "CommandReceived SkipTo", LATE);
    answer(RARE, "Installing", "PluginAnswered", "a first deployment calls none");
  }

  private Unreachable() {}

  private static void move(String from, String to, String reason) {
    PLACES.put(Places.move(from, to), reason);
  }

  private static void answer(
      SortedMap<String, String> places, String state, String signal, String reason) {
    places.put(Places.answer(state, signal), reason);
  }

  /** The reasons, by place. */
  static SortedMap<String, String> places() {
    return Collections.unmodifiableSortedMap(PLACES);
  }

  /** Places that can be visited, but so seldom that no number of runs promises it. */
  static SortedMap<String, String> rare() {
    return Collections.unmodifiableSortedMap(RARE);
  }
}
