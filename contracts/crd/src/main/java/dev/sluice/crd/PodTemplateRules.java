package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The rules of Kubernetes for a ReplicaSet's pod template that people run into: names, images,
 * ports, mounts, labels. The many others are left to the API server, which refuses the ReplicaSet
 * then.
 */
final class PodTemplateRules {

  private static final String UNSELECTED = "`selector` does not match template `labels`";

  private final String path;
  private final FieldErrors errors;

  private PodTemplateRules(String path, FieldErrors errors) {
    this.path = path;
    this.errors = errors;
  }

  static void check(ObjectNode template, LabelSelector selector, String path, FieldErrors errors) {
    try {
      // The hash reads all of it, so it finds the members of a wrong type.
      PodTemplateHash.of(template, null);
    } catch (IllegalArgumentException wrongType) {
      errors.internal(path, wrongType.getMessage());
      return;
    }
    new PodTemplateRules(path, errors).check(template, selector);
  }

  /** The same, where there has to be a selector. */
  static void checkSelected(
      ObjectNode template, LabelSelector selector, String path, FieldErrors errors) {
    if (selector == null) {
      errors.invalidJson(
          path + ".metadata.labels",
          GoJson.raw(template.path("metadata").path("labels")),
          UNSELECTED);
    }
    check(template, selector, path, errors);
  }

  private void check(ObjectNode template, LabelSelector selector) {
    JsonNode metadata = template.path("metadata");
    Map<String, String> labels = new LinkedHashMap<>();
    metadata
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText("")));
    if (selector != null && !LabelRules.matches(selector, labels)) {
      errors.invalidJson(
          path + ".metadata.labels", GoJson.raw(metadata.path("labels")), UNSELECTED);
    }
    LabelRules.check(labels, path + ".labels", errors);
    JsonNode spec = template.path("spec");
    Set<String> volumes = volumes(spec);
    Set<String> names = new HashSet<>();
    if (spec.path("containers").isEmpty()) {
      errors.required(path + ".spec.containers", "");
    }
    for (String list : new String[] {"containers", "initContainers"}) {
      for (int i = 0; i < spec.path(list).size(); i++) {
        String at = path + ".spec." + list + "[" + i + "]";
        JsonNode container = spec.path(list).get(i);
        container(container, volumes, at);
        String name = text(container, "name");
        if (!name.isEmpty() && !names.add(name)) {
          errors.duplicate(at + ".name", name);
        }
      }
    }
    if (!spec.path("ephemeralContainers").isEmpty()) {
      errors.forbidden(
          path + ".spec.ephemeralContainers", "ephemeral containers not allowed in pod template");
    }
    if (!text(spec, "restartPolicy").isEmpty()) {
      errors.oneOf(path + ".spec.restartPolicy", text(spec, "restartPolicy"), "Always");
    }
    if (spec.hasNonNull("activeDeadlineSeconds")) {
      errors.forbidden(
          path + ".spec.activeDeadlineSeconds",
          "activeDeadlineSeconds in ReplicaSet is not Supported");
    }
  }

  private Set<String> volumes(JsonNode spec) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < spec.path("volumes").size(); i++) {
      String at = path + ".spec.volumes[" + i + "].name";
      String name = text(spec.path("volumes").get(i), "name");
      name(name, at);
      if (!name.isEmpty() && !names.add(name)) {
        errors.duplicate(at, name);
      }
    }
    return names;
  }

  private void container(JsonNode container, Set<String> volumes, String at) {
    name(text(container, "name"), at + ".name");
    if (text(container, "image").isEmpty()) {
      errors.required(at + ".image", "");
    }
    for (int i = 0; i < container.path("ports").size(); i++) {
      port(container.path("ports").get(i), at + ".ports[" + i + "]");
    }
    for (int i = 0; i < container.path("env").size(); i++) {
      if (text(container.path("env").get(i), "name").isEmpty()) {
        errors.required(at + ".env[" + i + "].name", "");
      }
    }
    for (int i = 0; i < container.path("volumeMounts").size(); i++) {
      mount(container.path("volumeMounts").get(i), volumes, at + ".volumeMounts[" + i + "]");
    }
    if (!text(container, "imagePullPolicy").isEmpty()) {
      errors.oneOf(
          at + ".imagePullPolicy",
          text(container, "imagePullPolicy"),
          "Always",
          "IfNotPresent",
          "Never");
    }
  }

  private void port(JsonNode port, String at) {
    int number = port.path("containerPort").intValue();
    if (number == 0) {
      errors.required(at + ".containerPort", "");
    } else if (number < 0 || number > 65_535) {
      errors.invalid(at + ".containerPort", number, "must be between 1 and 65535, inclusive");
    }
    if (!text(port, "protocol").isEmpty()) {
      errors.oneOf(at + ".protocol", text(port, "protocol"), "SCTP", "TCP", "UDP");
    }
  }

  private void mount(JsonNode mount, Set<String> volumes, String at) {
    String name = text(mount, "name");
    if (name.isEmpty()) {
      errors.required(at + ".name", "");
    } else if (!volumes.contains(name)) {
      errors.notFound(at + ".name", name);
    }
    if (text(mount, "mountPath").isEmpty()) {
      errors.required(at + ".mountPath", "");
    }
  }

  private void name(String name, String at) {
    if (name.isEmpty()) {
      errors.required(at, "");
    } else {
      LabelRules.dnsLabelProblem(name).ifPresent(problem -> errors.invalid(at, name, problem));
    }
  }

  private static String text(JsonNode parent, String member) {
    return parent.path(member).asText("");
  }
}
