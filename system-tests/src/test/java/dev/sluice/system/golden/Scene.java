package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** How a namespace with one Rollout is after some lines of its log. */
record Scene(Map<String, JsonNode> objects) {

  static final Scene EMPTY = new Scene(Map.of());

  private static final String HASH = "rollouts-pod-template-hash";
  private static final String WEIGHT = "nginx.ingress.kubernetes.io/canary-weight";
  private static final String FENCE = "sluice.dev/fence";
  private static final List<String> EXPLICIT_SIZES =
      List.of("setCanaryScale", "replicaProgressThreshold");

  Scene {
    objects = Map.copyOf(objects);
  }

  Scene after(Observed line) {
    var next = new HashMap<String, JsonNode>(objects);
    String name = line.resource() + "/" + line.name();
    if (line.change() == Observed.Change.DELETED) {
      next.remove(name);
    } else if (!line.resource().equals("events")) {
      next.put(name, line.object());
    }
    return new Scene(next);
  }

  /** Missing before it is there. */
  JsonNode rollout() {
    return all("rollouts").stream().findFirst().orElse(MissingNode.getInstance());
  }

  JsonNode status() {
    return rollout().path("status");
  }

  boolean isAborted() {
    return status().path("abort").asBoolean() && status().has("abortedAt");
  }

  boolean isRouted() {
    return canary().path("trafficRouting").isObject();
  }

  boolean isDynamic() {
    return canary().path("dynamicStableScale").asBoolean();
  }

  /** Whether the manifest asks for sizes that do not follow from the weights. */
  boolean hasExplicitSizes() {
    boolean steps =
        StreamSupport.stream(canary().path("steps").spliterator(), false)
            .anyMatch(step -> EXPLICIT_SIZES.stream().anyMatch(step::has));
    return steps
        || EXPLICIT_SIZES.stream().anyMatch(canary()::has)
        || canary().has("minPodsPerReplicaSet");
  }

  int replicas() {
    return rollout().at("/spec/replicas").asInt(1);
  }

  int steps() {
    return canary().path("steps").size();
  }

  JsonNode canary() {
    return rollout().at("/spec/strategy/canary");
  }

  /** The canary's weight on the route; 0 where there is none. */
  int weight() {
    return ofCanary(WEIGHT).asInt();
  }

  /** What a weight is a part of. */
  int maxWeight() {
    return canary().at("/trafficRouting/maxTrafficWeight").asInt(100);
  }

  /** The decision that the weight is of; empty where it is nobody's. */
  String fence() {
    return ofCanary(FENCE).asText();
  }

  private JsonNode ofCanary(String annotation) {
    return all("ingresses").stream()
        .map(ingress -> ingress.path("annotations"))
        .filter(annotations -> annotations.has(WEIGHT))
        .map(annotations -> annotations.path(annotation))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  /** The hash that the canary Service selects; empty if it selects all. */
  String canarySelector() {
    return selector("canaryService");
  }

  /** The hash that the stable Service selects; empty if it selects all. */
  String stableSelector() {
    return selector("stableService");
  }

  /** The part of the traffic that is sent to the pods of one ReplicaSet alone. */
  int share(String hash) {
    int share = canarySelector().equals(hash) ? weight() : 0;
    return stableSelector().equals(hash) ? share + maxWeight() - weight() : share;
  }

  /** How many pods a share takes, rounded up. */
  int pods(int share) {
    return (share * replicas() + maxWeight() - 1) / maxWeight();
  }

  Collection<String> hashes() {
    var hashes = new TreeSet<String>();
    all("replicasets").forEach(set -> hashes.add(hash(set)));
    return hashes;
  }

  /** How many pods a ReplicaSet was told to have. */
  int size(String hash) {
    return replicaSet(hash).path("replicas").asInt();
  }

  /** How many pods are available and stay. */
  int carrying(String hash) {
    int available = replicaSet(hash).at("/status/availableReplicas").asInt();
    return Math.min(available, size(hash));
  }

  static String hash(JsonNode replicaSet) {
    return replicaSet.path("labels").path(HASH).asText();
  }

  private JsonNode replicaSet(String hash) {
    return all("replicasets").stream()
        .filter(set -> hash(set).equals(hash))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private String selector(String field) {
    String service = canary().path(field).asText();
    return objects
        .getOrDefault("services/" + service, MissingNode.getInstance())
        .path("selector")
        .path(HASH)
        .asText();
  }

  private List<JsonNode> all(String resource) {
    return objects.entrySet().stream()
        .filter(object -> object.getKey().startsWith(resource + "/"))
        .map(Map.Entry::getValue)
        .toList();
  }
}
