package dev.sluice.system.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What one scenario asked of an API server, its first deployment included.
 *
 * @param scenario also its namespace
 * @param requests of Sluice's services in that namespace
 */
record ApiWrites(String scenario, List<ApiRequest> requests) {

  /** Those of the requests that are about the namespace of a scenario. */
  static ApiWrites of(String scenario, List<ApiRequest> all) {
    return new ApiWrites(
        scenario, all.stream().filter(request -> request.namespace().equals(scenario)).toList());
  }

  /** Writes without Events, refused ones too: they cost as much. */
  long writes() {
    return count(request -> request.isWrite() && !request.isEvent());
  }

  long events() {
    return count(request -> request.isWrite() && request.isEvent());
  }

  long conflicts() {
    return count(ApiRequest::isConflict);
  }

  long reads() {
    return count(ApiRequest::isRead);
  }

  /** A table with a row for each sort of request and a column for each scenario. */
  static List<String> table(List<ApiWrites> all) {
    var rows = new TreeMap<String, long[]>();
    for (int column = 0; column < all.size(); column++) {
      for (ApiRequest request : all.get(column).requests()) {
        if (request.isWrite() || request.isRead()) {
          rows.computeIfAbsent(sort(request), _ -> new long[all.size()])[column]++;
        }
      }
    }
    var lines = new ArrayList<String>();
    lines.add("| service | verb | resource | " + cells(all, ApiWrites::scenario) + " |");
    lines.add("|---|---|---|" + "--:|".repeat(all.size()));
    for (Map.Entry<String, long[]> row : rows.entrySet()) {
      var line = new StringBuilder("| " + row.getKey());
      for (long count : row.getValue()) {
        line.append(" | ").append(count);
      }
      lines.add(line.append(" |").toString());
    }
    lines.add("| all | writes | without Events | " + cells(all, ApiWrites::writes) + " |");
    lines.add("| all | writes | Events | " + cells(all, ApiWrites::events) + " |");
    lines.add("| all | reads | | " + cells(all, ApiWrites::reads) + " |");
    lines.add("| all | conflicts | | " + cells(all, ApiWrites::conflicts) + " |");
    return lines;
  }

  /** One line for each write that is no Event, in the order of time. */
  List<String> inOrder() {
    return requests.stream()
        .filter(request -> request.isWrite() && !request.isEvent())
        .map(request ->
            "%s %s %s %s %d"
                .formatted(
                    request.at(),
                    request.verb(),
                    request.resource(),
                    request.name(),
                    request.code()))
        .toList();
  }

  private long count(Predicate<ApiRequest> which) {
    return requests.stream().filter(which).count();
  }

  private static String sort(ApiRequest request) {
    return request.userAgent() + " | " + request.verb() + " | " + request.resource();
  }

  private static String cells(List<ApiWrites> all, Function<ApiWrites, Object> cell) {
    return String.join(" | ", all.stream().map(cell).map(String::valueOf).toList());
  }
}
