package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Api;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import java.util.Map;

/** Writes the revision's number on the Rollout, where tools read it. */
final class RevisionWriter {

  private final ClusterObjects objects;
  private final Writes writes;

  RevisionWriter(ClusterObjects objects, Writes writes) {
    this.objects = objects;
    this.writes = writes;
  }

  /** Writes the number if it is another one; says whether it was. */
  boolean adjust(Subject subject) throws Conflict, Outdated {
    String number = Integer.toString(subject.state().revision().number());
    Map<String, String> annotations = subject.manifest().getMetadata().getAnnotations();
    if (annotations != null && number.equals(annotations.get(Api.REVISION))) {
      return false;
    }
    subject.requireCurrent();
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("annotations").put(Api.REVISION, number);
    Rollout written = writes.merge(subject.manifest(), patch);
    subject.wrote(written);
    objects.rollouts.wrote(written);
    return true;
  }
}
