package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Counts every answered request, so that what a story costs the API server can be told. */
public final class Audit {
  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  private final ConcurrentMap<Call, LongAdder> counts = new ConcurrentHashMap<>();

  /**
   * A sort of request.
   *
   * @param userAgent as the client sent it
   * @param verb as Kubernetes names them: get, list, watch, create, update, patch, ...
   * @param resource plural with group, such as {@code rollouts.argoproj.io}
   * @param subresource empty: the object itself
   * @param code HTTP status of the answer
   */
  public record Call(String userAgent, String verb, String resource, String subresource, int code) {
    public boolean isWrite() {
      return WRITES.contains(verb);
    }

    public boolean isAccepted() {
      return code < 300;
    }
  }

  /** Adds one request. */
  public void count(Call call) {
    counts.computeIfAbsent(call, none -> new LongAdder()).increment();
  }

  /** How often each sort of request was answered since the start or the last reset. */
  public Map<Call, Long> counts() {
    return counts.entrySet().stream()
        .collect(
            java.util.stream.Collectors.toUnmodifiableMap(
                Map.Entry::getKey, entry -> entry.getValue().sum()));
  }

  /** The number of accepted writes among the calls that a filter takes. */
  public long writes(Predicate<Call> filter) {
    return counts().entrySet().stream()
        .filter(entry -> entry.getKey().isWrite() && entry.getKey().isAccepted())
        .filter(entry -> filter.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Starts counting anew. */
  public void reset() {
    counts.clear();
  }

  /** As GET /sluice/audit shows it: one row for each sort, most frequent first. */
  public ArrayNode json() {
    List<Map.Entry<Call, Long>> rows =
        counts().entrySet().stream()
            .sorted(Map.Entry.<Call, Long>comparingByValue().reversed())
            .toList();
    ArrayNode json = Json.array();
    for (Map.Entry<Call, Long> row : rows) {
      ObjectNode call = json.addObject();
      call.put("userAgent", row.getKey().userAgent()).put("verb", row.getKey().verb());
      call.put("resource", row.getKey().resource());
      call.put("subresource", row.getKey().subresource()).put("code", row.getKey().code());
      call.put("write", row.getKey().isWrite()).put("count", row.getValue());
    }
    return json;
  }
}
