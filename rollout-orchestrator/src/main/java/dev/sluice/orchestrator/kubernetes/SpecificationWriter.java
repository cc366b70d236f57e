package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Edit;
import dev.sluice.orchestrator.Edits;
import dev.sluice.orchestrator.Push;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import dev.sluice.orchestrator.kubernetes.specification.Annotations;
import dev.sluice.orchestrator.kubernetes.specification.TemplateHash;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Map;

/**
 * The one writer of the user's specification: what an accepted command or image push asks for. Each
 * write goes over exactly the version that the decision was about, and leaves a mark by which it is
 * not made again.
 */
final class SpecificationWriter {

  private final ClusterObjects objects;
  private final Writes writes;

  SpecificationWriter(ClusterObjects objects, Writes writes) {
    this.objects = objects;
    this.writes = writes;
  }

  /** Writes the first change that is still missing; says whether there was one. */
  boolean adjust(Subject subject) throws Conflict, Outdated {
    ArrayNode patch = pushed(subject);
    if (patch.isEmpty()) {
      patch = commanded(subject);
    }
    if (patch.isEmpty()) {
      return false;
    }
    subject.requireCurrent();
    Rollout written = writes.patch(subject.manifest(), patch);
    subject.wrote(written);
    objects.rollouts.wrote(written);
    return true;
  }

  private ArrayNode pushed(Subject subject) {
    Push push = subject.state().push();
    boolean isWanted =
        push.pending()
            && subject.state().problem().isEmpty()
            && subject.state().specification().workload() == null
            && TemplateHash.of(subject.manifest(), replicaSets(subject)).equals(push.basePodHash());
    return isWanted ? SpecificationPatch.of(subject.manifest(), push) : SpecificationPatch.none();
  }

  // The generation says that nobody has changed anything since; the mark that we have not.
  private ArrayNode commanded(Subject subject) {
    return subject.state().edits().pending().stream()
        .findFirst()
        .filter(first -> subject.manifest().getMetadata().getGeneration() == first.generation())
        .filter(first -> !isMarked(subject.manifest(), first))
        .filter(first ->
            !(first.edit() instanceof Edit.Template)
                || subject.manifest().getSpec().workloadRef == null)
        .map(first -> SpecificationPatch.of(subject.manifest(), first, replicaSets(subject)))
        .orElseGet(SpecificationPatch::none);
  }

  private static boolean isMarked(Rollout manifest, Edits.Requested requested) {
    Map<String, String> annotations = manifest.getMetadata().getAnnotations();
    return annotations != null
        && requested.command().equals(annotations.get(Annotations.CHANGED_BY));
  }

  private List<ReplicaSet> replicaSets(Subject subject) {
    return objects.replicaSets.byIndex(ClusterObjects.BY_OWNER, subject.uid());
  }
}
