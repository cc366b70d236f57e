package dev.sluice.orchestrator;

import dev.sluice.events.ManagedRoute;
import dev.sluice.events.ManagedRoute.TextMatch;
import java.util.List;
import java.util.Map;

/** How scenarios write header and mirror routes: a name, and a value unless it is to end. */
final class RouteScript {

  private RouteScript() {}

  static Step header(String text) {
    String[] words = text.split(" ");
    return new Step.SetRoute(
        new ManagedRoute.Header(
            words[0],
            words.length == 1
                ? List.of()
                : List.of(
                    new ManagedRoute.HeaderMatch("X-Tester", new TextMatch.Exact(words[1])))));
  }

  static Step mirror(String text) {
    String[] words = text.split(" ");
    return new Step.SetRoute(
        new ManagedRoute.Mirror(
            words[0],
            words.length == 1
                ? List.of()
                : List.of(
                    new ManagedRoute.RequestMatch(null, new TextMatch.Prefix(words[1]), Map.of())),
            null));
  }
}
