package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Api;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Retirement;
import dev.sluice.orchestrator.kubernetes.injection.InjectedMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** How ReplicaSets are to look: names, labels and annotations are those of Argo Rollouts. Pure. */
final class ReplicaSets {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReplicaSets() {}

  /** The ReplicaSet of the wanted revision, with no pods yet. */
  static ReplicaSet create(Rollout rollout, dev.sluice.orchestrator.Rollout state) {
    String podHash = state.revision().podHash();
    PodTemplateSpec template = read(PodTemplates.create(rollout, state), PodTemplateSpec.class);
    Map<String, String> labels = labels(rollout.getSpec().template, podHash);
    LabelSelector selector = read(rollout.getSpec().selector.json(), LabelSelector.class);
    Map<String, String> annotations = Owned.copiedAnnotations(rollout);
    annotations.put(Api.REVISION, Integer.toString(state.revision().number()));
    annotations.put(Api.DESIRED_REPLICAS, Integer.toString(state.specification().replicas()));
    annotations.put(Owned.FENCE, Owned.fence(state));
    String injected = PodTemplates.wanted(rollout, state, podHash).text();
    if (injected != null) {
      annotations.put(Api.EPHEMERAL_METADATA, injected);
    }
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withName(rollout.getMetadata().getName() + "-" + podHash)
        .withNamespace(rollout.getMetadata().getNamespace())
        .withLabels(labels)
        .withAnnotations(annotations)
        .withOwnerReferences(Owned.by(rollout))
        .endMetadata()
        .withNewSpec()
        .withReplicas(0)
        .withMinReadySeconds(rollout.getSpec().minReadySeconds)
        .withSelector(
            selector.edit().addToMatchLabels(Api.POD_TEMPLATE_HASH_LABEL, podHash).build())
        .withTemplate(
            template
                .edit()
                .editOrNewMetadata()
                .addToLabels(Api.POD_TEMPLATE_HASH_LABEL, podHash)
                .endMetadata()
                .build())
        .endSpec()
        .build();
  }

  private static Map<String, String> labels(ObjectNode template, String podHash) {
    Map<String, String> labels = new TreeMap<>();
    template
        .at("/metadata/labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    labels.put(Api.POD_TEMPLATE_HASH_LABEL, podHash);
    return labels;
  }

  /**
   * What is to change on a ReplicaSet; empty if nothing is.
   *
   * @param wanted pods
   */
  static ObjectNode difference(
      Rollout rollout, dev.sluice.orchestrator.Rollout state, ReplicaSet seen, int wanted) {
    String podHash = ClusterReader.podHash(seen);
    boolean current = podHash.equals(state.revision().podHash());
    ObjectNode annotations = JsonNodeFactory.instance.objectNode();
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    if (!Objects.equals(seen.getSpec().getReplicas(), wanted)) {
      spec.put("replicas", wanted);
    }
    if (current) {
      renumber(annotations, seen, state.revision().number());
      Owned.copiedAnnotations(rollout)
          .forEach((name, value) -> set(annotations, seen, name, value));
      Integer ready = rollout.getSpec().minReadySeconds;
      Integer before = seen.getSpec().getMinReadySeconds();
      if ((ready == null ? 0 : ready) != (before == null ? 0 : before)) {
        spec.put("minReadySeconds", ready == null ? 0 : ready);
      }
    }
    set(annotations, seen, Api.SCALE_DOWN_DEADLINE, deadline(state, podHash, current));
    inject(annotations, spec, rollout, state, seen);
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    if (annotations.isEmpty() && spec.isEmpty()) {
      return patch;
    }
    if (spec.has("replicas")) {
      set(
          annotations,
          seen,
          Api.DESIRED_REPLICAS,
          Integer.toString(state.specification().replicas()));
    }
    annotations.put(Owned.FENCE, Owned.fence(state));
    patch.putObject("metadata").set("annotations", annotations);
    if (!spec.isEmpty()) {
      patch.set("spec", spec);
    }
    return patch;
  }

  // The annotation says the same in other words, too, if somebody else wrote it.
  private static void inject(
      ObjectNode annotations,
      ObjectNode spec,
      Rollout rollout,
      dev.sluice.orchestrator.Rollout state,
      ReplicaSet seen) {
    // What is asked for now cannot be used.
    if (!state.problem().isEmpty()) {
      return;
    }
    InjectedMetadata wanted = PodTemplates.wanted(rollout, state, ClusterReader.podHash(seen));
    InjectedMetadata before = InjectedMetadata.of(seen);
    if (!wanted.equals(before)) {
      annotations.put(Api.EPHEMERAL_METADATA, wanted.text());
      if (hasPods(seen)) {
        annotations.put(
            InjectedMetadata.REPLACED, before.and(InjectedMetadata.replaced(seen)).marker());
      }
    }
    ObjectNode template = PodTemplates.difference(rollout, state, seen, wanted, before);
    if (!template.isEmpty()) {
      spec.set("template", template);
    }
  }

  private static boolean hasPods(ReplicaSet seen) {
    boolean observed =
        seen.getStatus() != null
            && seen.getStatus().getReplicas() != null
            && seen.getStatus().getReplicas() > 0;
    return observed || !Integer.valueOf(0).equals(seen.getSpec().getReplicas());
  }

  // A ReplicaSet that is wanted again gets the new revision's number, and remembers its old ones.
  private static void renumber(ObjectNode annotations, ReplicaSet seen, int revision) {
    int before = ClusterReader.revision(seen.getMetadata().getAnnotations());
    if (before >= revision) {
      return;
    }
    annotations.put(Api.REVISION, Integer.toString(revision));
    if (before > 0) {
      String history = annotation(seen, Api.REVISION_HISTORY);
      annotations.put(Api.REVISION_HISTORY, history == null ? "" + before : history + "," + before);
    }
  }

  // An aborted revision keeps the mark after it has gone: tools show that its time is over.
  private static String deadline(
      dev.sluice.orchestrator.Rollout state, String podHash, boolean current) {
    return switch (state.retirements().get(podHash)) {
      case Retirement.Until(Instant at) -> text(at);
      case Retirement.Over(Instant at) -> current && at != null ? text(at) : null;
      case null -> null;
      case Retirement.Waiting _, Retirement.Kept _ -> null;
    };
  }

  // Rounded up: a delay of N seconds lasts at least N seconds.
  private static String text(Instant at) {
    return at.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void set(ObjectNode annotations, ReplicaSet seen, String name, String value) {
    if (!Objects.equals(annotation(seen, name), value)) {
      annotations.put(name, value);
    }
  }

  private static String annotation(ReplicaSet seen, String name) {
    Map<String, String> annotations = seen.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(name);
  }

  private static <T> T read(ObjectNode json, Class<T> type) {
    try {
      return MAPPER.treeToValue(json, type);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + json, impossible);
    }
  }
}
