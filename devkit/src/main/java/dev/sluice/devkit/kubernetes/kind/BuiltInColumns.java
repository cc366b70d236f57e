package dev.sluice.devkit.kubernetes.kind;

import static dev.sluice.devkit.kubernetes.kind.Cells.AGE;
import static dev.sluice.devkit.kubernetes.kind.Cells.NAME;
import static dev.sluice.devkit.kubernetes.kind.Cells.at;
import static dev.sluice.devkit.kubernetes.kind.Cells.count;
import static dev.sluice.devkit.kubernetes.kind.Cells.number;
import static dev.sluice.devkit.kubernetes.kind.Cells.text;
import static dev.sluice.devkit.kubernetes.kind.Cells.wide;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The tables of the built-in kinds, as the real server prints them. */
final class BuiltInColumns {
  private BuiltInColumns() {}

  static List<Column> of(String plural) {
    return switch (plural) {
      case "namespaces" -> columns(text("Status", at("/status/phase", "")), AGE);
      case "pods" ->
          columns(
              text("Ready", BuiltInColumns::podReady),
              text("Status", BuiltInColumns::podStatus),
              number("Restarts", BuiltInColumns::podRestarts),
              AGE,
              wide("IP", at("/status/podIP", "<none>")),
              wide("Node", at("/spec/nodeName", "<none>")));
      case "services" ->
          columns(
              text("Type", at("/spec/type", "")),
              text("Cluster-IP", at("/spec/clusterIP", "<none>")),
              text("External-IP", service -> "<none>"),
              text("Port(s)", BuiltInColumns::servicePorts),
              AGE,
              wide("Selector", labels("/spec/selector")));
      case "replicasets" ->
          columns(
              number("Desired", count("/spec/replicas")),
              number("Current", count("/status/replicas")),
              number("Ready", count("/status/readyReplicas")),
              AGE,
              wide("Containers", each("/spec/template/spec/containers", "name")),
              wide("Images", each("/spec/template/spec/containers", "image")),
              wide("Selector", labels("/spec/selector/matchLabels")));
      case "deployments" ->
          columns(
              text("Ready", BuiltInColumns::deploymentReady),
              number("Up-to-date", count("/status/updatedReplicas")),
              number("Available", count("/status/availableReplicas")),
              AGE,
              wide("Images", each("/spec/template/spec/containers", "image")));
      case "ingresses" ->
          columns(
              text("Class", at("/spec/ingressClassName", "<none>")),
              text("Hosts", BuiltInColumns::hosts),
              text("Address", each("/status/loadBalancer/ingress", "ip")),
              text("Ports", ingress -> ingress.at("/spec/tls").isEmpty() ? "80" : "80, 443"),
              AGE);
      case "events" ->
          List.of(
              new Column(
                  "Last Seen",
                  "string",
                  "",
                  "time of the last one",
                  0,
                  Cells.age("/lastTimestamp")),
              text("Type", at("/type", "")),
              text("Reason", at("/reason", "")),
              text("Object", BuiltInColumns::involved),
              text("Message", at("/message", "")),
              wide("Name", at("/metadata/name", "")));
      case "configmaps" ->
          columns(
              number("Data", map -> map.path("data").size() + map.path("binaryData").size()), AGE);
      case "secrets" ->
          columns(
              text("Type", at("/type", "")),
              number("Data", secret -> secret.path("data").size()),
              AGE);
      case "serviceaccounts" ->
          columns(number("Secrets", account -> account.path("secrets").size()), AGE);
      case "endpoints" -> columns(text("Endpoints", BuiltInColumns::endpoints), AGE);
      case "endpointslices" ->
          columns(
              text("AddressType", at("/addressType", "")),
              text("Ports", each("/ports", "port")),
              text(
                  "Endpoints",
                  slice ->
                      join(
                          items(slice.path("endpoints"))
                              .flatMap(e -> items(e.path("addresses")))
                              .map(JsonNode::asText))),
              AGE);
      case "jobs" ->
          columns(
              text(
                  "Completions",
                  job ->
                      job.at("/status/succeeded").asInt(0)
                          + "/"
                          + job.at("/spec/completions").asInt(1)),
              AGE);
      case "leases" -> columns(text("Holder", at("/spec/holderIdentity", "")), AGE);
      case "customresourcedefinitions" ->
          columns(text("Created At", at("/metadata/creationTimestamp", "")));
      default -> columns(AGE);
    };
  }

  private static List<Column> columns(Column... columns) {
    return Stream.concat(Stream.of(NAME), Stream.of(columns)).toList();
  }

  private static String podReady(JsonNode pod) {
    long ready =
        items(pod.at("/status/containerStatuses")).filter(c -> c.path("ready").asBoolean()).count();
    return ready + "/" + pod.at("/spec/containers").size();
  }

  private static String podStatus(JsonNode pod) {
    if (pod.at("/metadata").has("deletionTimestamp")) {
      return "Terminating";
    }
    return items(pod.at("/status/containerStatuses"))
        .map(container -> Json.text(container, "/state/waiting/reason"))
        .filter(reason -> !reason.isEmpty())
        .findFirst()
        .orElse(Json.text(pod, "/status/phase"));
  }

  private static int podRestarts(JsonNode pod) {
    return items(pod.at("/status/containerStatuses"))
        .mapToInt(c -> c.path("restartCount").asInt())
        .sum();
  }

  private static String servicePorts(JsonNode service) {
    return join(
        items(service.at("/spec/ports"))
            .map(port -> port.path("port").asText() + "/" + port.path("protocol").asText("TCP")));
  }

  private static String deploymentReady(JsonNode deployment) {
    return deployment.at("/status/readyReplicas").asInt(0)
        + "/"
        + deployment.at("/spec/replicas").asInt(1);
  }

  private static String hosts(JsonNode ingress) {
    return join(items(ingress.at("/spec/rules")).map(rule -> rule.path("host").asText("*")));
  }

  private static String involved(JsonNode event) {
    JsonNode object = event.path("involvedObject");
    return object.path("kind").asText().toLowerCase(java.util.Locale.ROOT)
        + "/"
        + object.path("name").asText();
  }

  private static String endpoints(JsonNode endpoints) {
    return join(
        items(endpoints.path("subsets"))
            .flatMap(subset ->
                items(subset.path("addresses"))
                    .flatMap(address ->
                        items(subset.path("ports"))
                            .map(port ->
                                address.path("ip").asText() + ":" + port.path("port").asText()))));
  }

  private static Function<JsonNode, String> each(String list, String field) {
    return object -> join(items(object.at(list)).map(item -> item.path(field).asText()));
  }

  private static Function<JsonNode, String> labels(String pointer) {
    return object ->
        join(
            object.at(pointer).properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText()));
  }

  private static Stream<JsonNode> items(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static String join(Stream<String> parts) {
    String joined = parts.collect(Collectors.joining(","));
    return joined.isEmpty() ? "<none>" : joined;
  }
}
