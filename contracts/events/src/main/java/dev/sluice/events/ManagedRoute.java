package dev.sluice.events;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A route of its own beside the weights, which an update adds and removes. */
public sealed interface ManagedRoute {

  /** One of the Rollout's managed routes. */
  String name();

  /** What a request must be like; empty ends the route. */
  List<?> match();

  /**
   * Requests with these headers go to the canary.
   *
   * @param name one of the Rollout's managed routes
   * @param match all must hold; empty in a step that removes the route, never in force
   */
  record Header(String name, List<HeaderMatch> match) implements ManagedRoute {

    /** Copies the list. */
    public Header {
      match = List.copyOf(match);
    }
  }

  /**
   * Such requests are sent to the canary as well; its answers are dropped.
   *
   * @param name one of the Rollout's managed routes
   * @param match one must hold; empty in a step that removes the route, never in force
   * @param percentage of the matching requests; null for all
   */
  record Mirror(String name, List<RequestMatch> match, @Nullable Integer percentage)
      implements ManagedRoute {

    /** Copies the list. */
    public Mirror {
      match = List.copyOf(match);
    }
  }

  /** A header with its value. */
  record HeaderMatch(String header, TextMatch value) {}

  /** What a request must be like: all that is there must hold. */
  record RequestMatch(
      @Nullable TextMatch method, @Nullable TextMatch path, Map<String, TextMatch> headers) {

    /** Copies the map, sorted. */
    public RequestMatch {
      headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }
  }

  /** What a text must be like. */
  sealed interface TextMatch {
    /** This. */
    record Exact(String text) implements TextMatch {}

    /** Begin like this. */
    record Prefix(String text) implements TextMatch {}

    /** Match this regular expression. */
    record Regex(String text) implements TextMatch {}
  }
}
