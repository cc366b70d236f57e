package dev.sluice.orchestrator.kubernetes.injection;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Api;
import dev.sluice.crd.TemplateMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Labels and annotations that say which part pods play. A ReplicaSet remembers in an annotation
 * what its template was given, so that nothing else is ever taken away.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InjectedMetadata(Map<String, String> labels, Map<String, String> annotations) {

  /** Nothing. */
  public static final InjectedMetadata NONE = new InjectedMetadata(Map.of(), Map.of());

  /**
   * Annotation of a ReplicaSet whose template was given other metadata: what its pods may still
   * have of the earlier. It goes when none has.
   */
  public static final String REPLACED = "sluice.dev/replaced-metadata";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Copies the maps, sorted; null is empty. */
  public InjectedMetadata {
    labels = sorted(labels);
    annotations = sorted(annotations);
  }

  /** As a manifest asks for it; null asks for nothing. */
  public static InjectedMetadata of(TemplateMetadata wanted) {
    return wanted == null ? NONE : new InjectedMetadata(wanted.labels, wanted.annotations);
  }

  /** What the template of a ReplicaSet was given. */
  public static InjectedMetadata of(ReplicaSet replicaSet) {
    return read(replicaSet, Api.EPHEMERAL_METADATA);
  }

  /** What pods of a ReplicaSet may have beside that, from before. */
  public static InjectedMetadata replaced(ReplicaSet replicaSet) {
    return read(replicaSet, REPLACED);
  }

  // What nobody can read was not written by a controller.
  private static InjectedMetadata read(ReplicaSet replicaSet, String annotation) {
    Map<String, String> annotations = replicaSet.getMetadata().getAnnotations();
    String text = annotations == null ? null : annotations.get(annotation);
    if (text == null) {
      return NONE;
    }
    try {
      InjectedMetadata read = MAPPER.readValue(text, InjectedMetadata.class);
      return read == null ? NONE : read;
    } catch (JsonProcessingException unreadable) {
      return NONE;
    }
  }

  /** As an annotation holds it; null for nothing. */
  public String text() {
    return equals(NONE) ? null : marker();
  }

  /** As an annotation holds it that says something by being there. */
  public String marker() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** This, and what the other has beside it. */
  public InjectedMetadata and(InjectedMetadata other) {
    Map<String, String> allLabels = new TreeMap<>(other.labels);
    allLabels.putAll(labels);
    Map<String, String> allAnnotations = new TreeMap<>(other.annotations);
    allAnnotations.putAll(annotations);
    return new InjectedMetadata(allLabels, allAnnotations);
  }

  /**
   * The merge patch that puts this into the metadata of a pod or of a template; empty if it is
   * there.
   *
   * @param before what was put there earlier, and goes
   */
  public ObjectNode patch(ObjectMeta seen, InjectedMetadata before) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch(patch, "labels", seen == null ? null : seen.getLabels(), before.labels, labels);
    patch(
        patch,
        "annotations",
        seen == null ? null : seen.getAnnotations(),
        before.annotations,
        annotations);
    return patch;
  }

  private static void patch(
      ObjectNode patch,
      String name,
      Map<String, String> seen,
      Map<String, String> before,
      Map<String, String> wanted) {
    Map<String, String> there = seen == null ? Map.of() : seen;
    ObjectNode members = patch.objectNode();
    before.keySet().stream()
        .filter(key -> !wanted.containsKey(key) && there.containsKey(key))
        .forEach(members::putNull);
    wanted.entrySet().stream()
        .filter(each -> !each.getValue().equals(there.get(each.getKey())))
        .forEach(each -> members.put(each.getKey(), each.getValue()));
    if (!members.isEmpty()) {
      patch.set(name, members);
    }
  }

  /** Takes this, where it has these values, out of a pod template. */
  public void removeFrom(ObjectNode template) {
    if (template.path("metadata") instanceof ObjectNode metadata) {
      remove(metadata, "labels", labels);
      remove(metadata, "annotations", annotations);
    }
  }

  private static void remove(ObjectNode metadata, String name, Map<String, String> injected) {
    if (metadata.path(name) instanceof ObjectNode members) {
      injected.forEach((key, value) -> {
        JsonNode there = members.path(key);
        if (there.isTextual() && there.textValue().equals(value)) {
          members.remove(key);
        }
      });
    }
  }

  private static Map<String, String> sorted(Map<String, String> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
