package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What the API server adds to a pod template in a ReplicaSet, but not to one in a Rollout. A user
 * who takes the template of an earlier ReplicaSet over, as an undo does, writes all of it into the
 * Rollout: the same pods, with another hash.
 */
public final class PodTemplateDefaults {

  private static final Map<String, String> OF_POD =
      Map.of(
          "restartPolicy", "Always",
          "terminationGracePeriodSeconds", "30",
          "dnsPolicy", "ClusterFirst",
          "schedulerName", "default-scheduler",
          "enableServiceLinks", "true");

  private static final Map<String, String> OF_CONTAINER =
      Map.of("terminationMessagePath", "/dev/termination-log", "terminationMessagePolicy", "File");

  private static final Map<String, String> OF_PROBE =
      Map.of(
          "timeoutSeconds", "1",
          "periodSeconds", "10",
          "successThreshold", "1",
          "failureThreshold", "3");

  private static final Map<String, String> OF_HTTP = Map.of("path", "/", "scheme", "HTTP");
  private static final Map<String, String> OF_FIELD = Map.of("apiVersion", "v1");
  private static final Map<String, String> OF_FILES = Map.of("defaultMode", "420");
  private static final Map<String, String> OF_TOKEN = Map.of("expirationSeconds", "3600");

  private static final List<String> CONTAINERS =
      List.of("containers", "initContainers", "ephemeralContainers");
  private static final List<String> PROBES =
      List.of("readinessProbe", "livenessProbe", "startupProbe");
  private static final List<String> FILES =
      List.of("secret", "configMap", "downwardAPI", "projected");

  private PodTemplateDefaults() {}

  /** Whether two templates make the same pods, whatever their ReplicaSets are called. */
  public static boolean sameTemplate(ObjectNode one, ObjectNode other) {
    return hash(one).equals(hash(other));
  }

  // The hash knows which members count, in which order, and how quantities are written.
  private static String hash(ObjectNode template) {
    ObjectNode plain = template.deepCopy();
    if (plain.at("/metadata/labels") instanceof ObjectNode labels) {
      labels.remove(Api.POD_TEMPLATE_HASH_LABEL);
    }
    if (plain.path("spec") instanceof ObjectNode spec) {
      pod(spec);
    }
    return PodTemplateHash.of(plain, null);
  }

  private static void pod(ObjectNode spec) {
    remove(spec, OF_POD);
    removeEmpty(spec, "securityContext");
    // The old name of serviceAccountName.
    spec.remove("serviceAccount");
    CONTAINERS.forEach(list -> spec.path(list).forEach(PodTemplateDefaults::container));
    spec.path("volumes").forEach(PodTemplateDefaults::volume);
  }

  private static void container(JsonNode container) {
    remove(container, OF_CONTAINER);
    remove(container, Map.of("imagePullPolicy", pullPolicy(container.path("image").asText())));
    PROBES.forEach(probe -> {
      remove(container.path(probe), OF_PROBE);
      remove(container.path(probe).path("httpGet"), OF_HTTP);
    });
    remove(container.at("/lifecycle/postStart/httpGet"), OF_HTTP);
    remove(container.at("/lifecycle/preStop/httpGet"), OF_HTTP);
    container.path("env").forEach(variable -> remove(variable.at("/valueFrom/fieldRef"), OF_FIELD));
    requestsAsLimits(container.path("resources"));
  }

  private static void volume(JsonNode volume) {
    FILES.forEach(source -> remove(volume.path(source), OF_FILES));
    volume.at("/downwardAPI/items").forEach(item -> remove(item.path("fieldRef"), OF_FIELD));
    for (JsonNode source : volume.at("/projected/sources")) {
      remove(source.path("serviceAccountToken"), OF_TOKEN);
      source.at("/downwardAPI/items").forEach(item -> remove(item.path("fieldRef"), OF_FIELD));
    }
    remove(volume.path("hostPath"), Map.of("type", ""));
  }

  // What is limited is requested too, where nothing is said of the request.
  private static void requestsAsLimits(JsonNode resources) {
    if (resources.path("requests") instanceof ObjectNode requests) {
      resources
          .path("limits")
          .properties()
          .forEach(limit -> {
            if (limit.getValue().equals(requests.get(limit.getKey()))) {
              requests.remove(limit.getKey());
            }
          });
      removeEmpty((ObjectNode) resources, "requests");
    }
  }

  private static void remove(JsonNode object, Map<String, String> defaults) {
    if (object instanceof ObjectNode members) {
      defaults.forEach((name, value) -> {
        if (members.has(name) && members.get(name).asText().equals(value)) {
          members.remove(name);
        }
      });
    }
  }

  private static void removeEmpty(ObjectNode object, String name) {
    if (object.path(name).isObject() && object.path(name).isEmpty()) {
      object.remove(name);
    }
  }

  /** Always for an image without a tag or with the tag latest; a digest is fixed. */
  private static String pullPolicy(String image) {
    String name = image.substring(image.lastIndexOf('/') + 1);
    boolean fixed = name.contains("@") || (name.contains(":") && !name.endsWith(":latest"));
    return fixed ? "IfNotPresent" : "Always";
  }
}
