package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.AnalysisTemplateSpec;
import dev.sluice.orchestrator.kubernetes.specification.Annotations;
import dev.sluice.orchestrator.kubernetes.specification.References;
import dev.sluice.orchestrator.kubernetes.specification.WorkloadKind;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.List;
import java.util.Optional;

/**
 * The objects of one namespace, and those of none, by name.
 *
 * @param objects all that is watched
 * @param namespace of the Rollout
 */
record NamedObjects(ClusterObjects objects, String namespace) implements References {

  @Override
  public List<ReplicaSet> replicaSets(String uid) {
    return objects.replicaSets.byIndex(ClusterObjects.BY_OWNER, uid);
  }

  @Override
  public Optional<Service> service(String name) {
    return objects.services.findOrRead(new RolloutKey(namespace, name));
  }

  @Override
  public Optional<Ingress> ingress(String name) {
    return objects.ingresses.findOrRead(new RolloutKey(namespace, name));
  }

  @Override
  public Optional<Template> template(TemplateName name) {
    return name.clusterScope()
        ? objects
            .clusterTemplates
            .findOrRead(new RolloutKey(null, name.name()))
            .map(t -> template(name, t.getMetadata(), t.getSpec()))
        : objects
            .templates
            .findOrRead(new RolloutKey(namespace, name.name()))
            .map(t -> template(name, t.getMetadata(), t.getSpec()));
  }

  @Override
  public Optional<Workload> workload(WorkloadKind kind, String name) {
    return objects.workloads.find(kind, new RolloutKey(namespace, name));
  }

  private static Template template(
      TemplateName name, ObjectMeta metadata, AnalysisTemplateSpec spec) {
    String noData =
        metadata.getAnnotations() == null
            ? ""
            : metadata.getAnnotations().getOrDefault(Annotations.NO_DATA, "");
    return new Template(name, noData, spec == null ? new AnalysisTemplateSpec() : spec);
  }
}
