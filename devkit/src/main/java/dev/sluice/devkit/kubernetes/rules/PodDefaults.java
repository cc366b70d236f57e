package dev.sluice.devkit.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.Json;
import java.util.List;

/** The defaults of a pod's spec: a ReplicaSet's template comes back from the server with these. */
final class PodDefaults {
  private PodDefaults() {}

  static void applyToTemplate(ObjectNode spec) {
    apply(Json.child(Json.child(spec, "template"), "spec"));
  }

  static void apply(ObjectNode spec) {
    BuiltInDefaults.absent(spec, "restartPolicy", "Always");
    BuiltInDefaults.absent(spec, "terminationGracePeriodSeconds", 30);
    BuiltInDefaults.absent(spec, "dnsPolicy", "ClusterFirst");
    BuiltInDefaults.absent(spec, "schedulerName", "default-scheduler");
    Json.child(spec, "securityContext");
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(list)) {
        if (container instanceof ObjectNode one) {
          applyToContainer(one);
        }
      }
    }
  }

  private static void applyToContainer(ObjectNode container) {
    Json.child(container, "resources");
    BuiltInDefaults.absent(container, "terminationMessagePath", "/dev/termination-log");
    BuiltInDefaults.absent(container, "terminationMessagePolicy", "File");
    BuiltInDefaults.absent(
        container, "imagePullPolicy", pullPolicy(Json.text(container, "/image")));
    for (JsonNode port : container.path("ports")) {
      if (port instanceof ObjectNode one) {
        BuiltInDefaults.absent(one, "protocol", "TCP");
      }
    }
    for (String probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
      if (container.get(probe) instanceof ObjectNode one) {
        applyToProbe(one);
      }
    }
  }

  private static void applyToProbe(ObjectNode probe) {
    BuiltInDefaults.absent(probe, "timeoutSeconds", 1);
    BuiltInDefaults.absent(probe, "periodSeconds", 10);
    BuiltInDefaults.absent(probe, "successThreshold", 1);
    BuiltInDefaults.absent(probe, "failureThreshold", 3);
    if (probe.get("httpGet") instanceof ObjectNode get) {
      BuiltInDefaults.absent(get, "path", "/");
      BuiltInDefaults.absent(get, "scheme", "HTTP");
    }
  }

  /** Always for an image without a tag or with the tag latest; a digest is fixed. */
  private static String pullPolicy(String image) {
    String name = image.substring(image.lastIndexOf('/') + 1);
    boolean fixed = name.contains("@") || (name.contains(":") && !name.endsWith(":latest"));
    return fixed ? "IfNotPresent" : "Always";
  }
}
