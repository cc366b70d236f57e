package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Something that is waited for.
 *
 * @param kind of the objects, one of which must be so
 * @param name of a Rollout, otherwise an expression that is found in the name
 * @param wanted what else must be, by word
 */
record Condition(String kind, String name, Map<String, JsonNode> wanted) {

  private static final List<String> KINDS =
      List.of("rollout", "analysisrun", "experiment", "replicaset");
  private static final Set<String> OF_ROLLOUTS =
      Set.of(
          "phase",
          "message",
          "step",
          "revision",
          "abort",
          "stable",
          "available",
          "restarted",
          "updated",
          "replicas");
  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "rollout", OF_ROLLOUTS,
          "analysisrun", Set.of("phase"),
          "experiment", Set.of("phase"),
          "replicaset", Set.of("image", "replicas"));

  static Condition of(JsonNode wait) {
    String kind =
        KINDS.stream()
            .filter(wait::has)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("for what does it wait? " + wait));
    var wanted = new TreeMap<String, JsonNode>();
    wait.properties()
        .forEach(field -> {
          // How patient to be is the player's affair.
          if (!field.getKey().equals(kind) && !field.getKey().equals("timeout")) {
            wanted.put(field.getKey(), field.getValue());
          }
        });
    if (!WORDS.get(kind).containsAll(wanted.keySet())) {
      throw new IllegalArgumentException("nobody can wait for " + wait);
    }
    return new Condition(kind, wait.get(kind).asText(), Map.copyOf(wanted));
  }

  /** Whether an object of the kind is so. */
  boolean holds(JsonNode object) {
    String its = object.at("/metadata/name").asText();
    boolean named =
        kind.equals("rollout") ? its.equals(name) : Pattern.compile(name).matcher(its).find();
    return named
        && (!kind.equals("rollout") || isObserved(object))
        && wanted.entrySet().stream().allMatch(one -> holds(object, one.getKey(), one.getValue()));
  }

  private boolean holds(JsonNode object, String word, JsonNode value) {
    JsonNode status = object.path("status");
    return switch (word) {
      case "phase" -> status.path("phase").asText().equals(value.asText());
      case "message" -> isText(status.path("message").asText(), value.asText());
      case "step" -> status.path("currentStepIndex").asInt(-1) == value.asInt();
      case "revision" -> revision(object).equals(value.asText());
      case "abort" -> status.path("abort").asBoolean() == value.asBoolean();
      case "stable" -> isStable(status) == value.asBoolean();
      case "available" -> status.path("availableReplicas").asInt() == value.asInt();
      case "restarted" ->
          status.path("restartedAt").asText().equals(object.at("/spec/restartAt").asText())
              == value.asBoolean();
      case "updated" -> status.path("updatedReplicas").asInt() == value.asInt();
      case "replicas" ->
          (kind.equals("rollout") ? status.path("replicas") : object.at("/spec/replicas")).asInt()
              == value.asInt();
      case "image" -> hasImage(object, value.asText());
      default -> throw new IllegalStateException(word);
    };
  }

  private static boolean isObserved(JsonNode rollout) {
    return rollout
        .at("/status/observedGeneration")
        .asText()
        .equals(rollout.at("/metadata/generation").asText());
  }

  private static String revision(JsonNode object) {
    return object.at("/metadata/annotations").path("rollout.argoproj.io/revision").asText();
  }

  private static boolean isStable(JsonNode status) {
    return status.path("stableRS").asText().equals(status.path("currentPodHash").asText());
  }

  private static boolean isText(String text, String wanted) {
    return wanted.startsWith("~")
        ? Pattern.compile(wanted.substring(1)).matcher(text).find()
        : text.equals(wanted);
  }

  private static boolean hasImage(JsonNode replicaSet, String suffix) {
    for (JsonNode container : replicaSet.at("/spec/template/spec/containers")) {
      if (container.path("image").asText().endsWith(suffix)) {
        return true;
      }
    }
    return false;
  }
}
