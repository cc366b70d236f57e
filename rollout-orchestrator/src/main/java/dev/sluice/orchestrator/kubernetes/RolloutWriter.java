package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Api;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import java.util.Map;
import java.util.Objects;

/**
 * Writes on the Rollout itself what tools read there: the revision's number, which generation of
 * the referenced workload was looked at, and how many pods are wanted where its user leaves it out,
 * because an autoscaler starts from nothing else.
 */
final class RolloutWriter {

  private final ClusterObjects objects;
  private final Writes writes;

  RolloutWriter(ClusterObjects objects, Writes writes) {
    this.objects = objects;
    this.writes = writes;
  }

  /** Writes what differs; says whether anything did. */
  boolean adjust(Subject subject) throws Conflict, Outdated {
    Specification.Workload workload = subject.state().specification().workload();
    ObjectNode annotations = JsonNodeFactory.instance.objectNode();
    set(annotations, subject, Api.REVISION, "" + subject.state().revision().number());
    set(
        annotations,
        subject,
        Api.WORKLOAD_GENERATION,
        workload == null ? null : "" + workload.generation());
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    if (!annotations.isEmpty()) {
      patch.putObject("metadata").set("annotations", annotations);
    }
    if (subject.manifest().getSpec().replicas == null && subject.state().problem().isEmpty()) {
      patch.putObject("spec").put("replicas", subject.state().specification().replicas());
    }
    if (patch.isEmpty()) {
      return false;
    }
    subject.requireCurrent();
    Rollout written = writes.merge(subject.manifest(), patch);
    subject.wrote(written);
    objects.rollouts.wrote(written);
    return true;
  }

  private static void set(ObjectNode changes, Subject subject, String name, String value) {
    Map<String, String> annotations = subject.manifest().getMetadata().getAnnotations();
    if (!Objects.equals(annotations == null ? null : annotations.get(name), value)) {
      changes.put(name, value);
    }
  }
}
