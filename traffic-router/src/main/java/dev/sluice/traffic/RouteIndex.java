package dev.sluice.traffic;

import dev.sluice.events.TrafficDesired;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which Rollouts look at which route objects. */
final class RouteIndex {

  private final Map<String, Set<String>> usersByObject = new HashMap<>();
  private final Map<String, Set<String>> objectsByUser = new HashMap<>();

  void put(TrafficDesired split) {
    remove(split.uid());
    Set<String> objects =
        names(split).map(name -> split.namespace() + "/" + name).collect(Collectors.toSet());
    objectsByUser.put(split.uid(), objects);
    objects.forEach(
        object -> usersByObject.computeIfAbsent(object, _ -> new HashSet<>()).add(split.uid()));
  }

  void remove(String uid) {
    for (String object : objectsByUser.getOrDefault(uid, Set.of())) {
      Set<String> users = usersByObject.get(object);
      users.remove(uid);
      if (users.isEmpty()) {
        usersByObject.remove(object);
      }
    }
    objectsByUser.remove(uid);
  }

  Set<String> usersOf(String namespace, String object) {
    return Set.copyOf(usersByObject.getOrDefault(namespace + "/" + object, Set.of()));
  }

  private static Stream<String> names(TrafficDesired split) {
    return switch (split.router()) {
      case TrafficDesired.Router.Nginx nginx ->
          nginx.stableIngresses().stream()
              .flatMap(stable -> Stream.of(stable, CanaryIngress.nameOf(split.name(), stable)));
    };
  }
}
