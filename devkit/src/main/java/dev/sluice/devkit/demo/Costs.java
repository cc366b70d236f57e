package dev.sluice.devkit.demo;

import dev.sluice.devkit.kubernetes.http.Audit;
import dev.sluice.devkit.world.World;
import dev.sluice.events.Message;
import dev.sluice.events.Topics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a story cost: counts, not times. */
final class Costs {

  private final World world;

  Costs(World world) {
    this.world = world;
  }

  /** Begins to count the writes to the cluster anew. */
  void reset() {
    world.neighbours().kubernetes().audit().reset();
  }

  /** Writes of the orchestrator and the router to the cluster since the last reset. */
  String writes() {
    Map<String, Long> rows = new TreeMap<>();
    world
        .neighbours()
        .kubernetes()
        .audit()
        .counts()
        .forEach((call, count) -> {
          if (call.isWrite() && call.isAccepted() && isOurs(call)) {
            String subresource = call.subresource().isEmpty() ? "" : "/" + call.subresource();
            rows.merge(call.verb() + " " + call.resource() + subresource, count, Long::sum);
          }
        });
    long events =
        rows.entrySet().stream()
            .filter(e -> e.getKey().contains(" events"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    long all = rows.values().stream().mapToLong(Long::longValue).sum();
    return (all - events)
        + " + "
        + events
        + " Events: "
        + rows.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
  }

  // The players of the devkit name themselves; everybody else is a service of ours.
  private static boolean isOurs(Audit.Call call) {
    return !call.userAgent().contains("devkit") && !call.userAgent().contains("kubectl");
  }

  /** Records of each topic up to now. */
  String records() {
    return Topics.ALL.stream()
        .map(topic -> topic.name() + " " + count(topic.message()))
        .collect(Collectors.joining(", "));
  }

  private long count(Class<? extends Message> kind) {
    return world.messages().all(kind).size();
  }

  /** Questions to Prometheus up to now, by all workers. */
  long queries() {
    return world.neighbours().prometheus().queries();
  }

  /** Start time and memory of each service. */
  String services() {
    return world.services().all().stream()
        .map(service ->
            "%s %.1f s, %d MB"
                .formatted(
                    service.process().name(),
                    world.services().startTime(service).toMillis() / 1_000.0,
                    service.process().residentBytes() / 1_000_000))
        .collect(Collectors.joining("; "));
  }
}
