package dev.sluice.devkit.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.Trait;
import dev.sluice.devkit.kubernetes.object.Json;

/** The defaults of the built-in kinds, as far as a client can stumble over their absence. */
final class BuiltInDefaults {
  private BuiltInDefaults() {}

  /** Fills in place what the object leaves open; custom kinds have their schema for that. */
  static void apply(Kind kind, ObjectNode object) {
    if (kind.is(Trait.CUSTOM)) {
      return;
    }
    switch (kind.name()) {
      case "Namespace" -> {
        String name = Json.text(object, "/metadata/name");
        Json.child(Json.child(object, "metadata"), "labels")
            .put("kubernetes.io/metadata.name", name);
      }
      case "Pod" -> PodDefaults.apply(Json.child(object, "spec"));
      case "ReplicaSet" -> {
        ObjectNode spec = Json.child(object, "spec");
        absent(spec, "replicas", 1);
        PodDefaults.applyToTemplate(spec);
      }
      case "PodTemplate" -> PodDefaults.applyToTemplate(object);
      case "Deployment" -> applyToDeployment(Json.child(object, "spec"));
      case "Service" -> applyToService(Json.child(object, "spec"));
      case "Secret" -> absent(object, "type", "Opaque");
      case "Job" -> {
        ObjectNode spec = Json.child(object, "spec");
        if (!spec.has("completions") && !spec.has("parallelism")) {
          spec.put("completions", 1);
        }
        absent(spec, "parallelism", 1);
        absent(spec, "backoffLimit", 6);
        absent(spec, "completionMode", "NonIndexed");
        PodDefaults.applyToTemplate(spec);
      }
      default -> {} // nothing that a client of ours reads
    }
  }

  /** The status that a new object starts with. */
  static void initialStatus(Kind kind, ObjectNode object) {
    if (kind.is(Trait.CUSTOM)) {
      return;
    }
    switch (kind.name()) {
      case "Namespace" -> {
        Json.child(object, "spec").putArray("finalizers").add("kubernetes");
        object.putObject("status").put("phase", "Active");
      }
      case "Pod" ->
          object.putObject("status").put("phase", "Pending").put("qosClass", "BestEffort");
      case "ReplicaSet" -> object.putObject("status").put("replicas", 0);
      case "Deployment", "Job" -> object.putObject("status");
      case "Service" -> {
        object.putObject("status").putObject("loadBalancer");
        assignAddress(object);
      }
      case "Ingress" -> object.putObject("status").putObject("loadBalancer");
      default -> {} // no status
    }
  }

  /** What an update that leaves it out keeps, because the server gave it. */
  static void carryOver(Kind kind, ObjectNode old, ObjectNode wanted) {
    if (kind.is(Trait.CUSTOM) || !kind.name().equals("Service")) {
      return;
    }
    ObjectNode spec = Json.child(wanted, "spec");
    for (String field : new String[] {"clusterIP", "clusterIPs"}) {
      if (!spec.has(field)) {
        Json.put(spec, field, old.path("spec").path(field));
      }
    }
  }

  static void absent(ObjectNode object, String field, int value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }

  static void absent(ObjectNode object, String field, String value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }

  private static void applyToDeployment(ObjectNode spec) {
    absent(spec, "replicas", 1);
    absent(spec, "revisionHistoryLimit", 10);
    absent(spec, "progressDeadlineSeconds", 600);
    if (!spec.has("strategy")) {
      ObjectNode strategy = spec.putObject("strategy").put("type", "RollingUpdate");
      strategy.putObject("rollingUpdate").put("maxUnavailable", "25%").put("maxSurge", "25%");
    }
    PodDefaults.applyToTemplate(spec);
  }

  private static void applyToService(ObjectNode spec) {
    absent(spec, "type", "ClusterIP");
    absent(spec, "sessionAffinity", "None");
    absent(spec, "internalTrafficPolicy", "Cluster");
    for (JsonNode port : spec.path("ports")) {
      if (port instanceof ObjectNode one) {
        absent(one, "protocol", "TCP");
        if (!one.has("targetPort")) {
          one.set("targetPort", one.path("port"));
        }
      }
    }
  }

  /** An address out of the object's own uid: nobody routes to it, but tools print it. */
  private static void assignAddress(ObjectNode service) {
    ObjectNode spec = Json.child(service, "spec");
    if (Json.text(spec, "/clusterIP").isEmpty()) {
      int hash = Json.text(service, "/metadata/uid").hashCode();
      spec.put("clusterIP", "10.96.%d.%d".formatted((hash >>> 8) & 0xff, (hash & 0xff) | 1));
    }
    spec.putArray("clusterIPs").add(spec.get("clusterIP"));
  }
}
