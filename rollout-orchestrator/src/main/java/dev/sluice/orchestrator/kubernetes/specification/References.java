package dev.sluice.orchestrator.kubernetes.specification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.AnalysisTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.List;
import java.util.Optional;

/** The objects that a Rollout names, as far as they exist in its namespace. */
public interface References {

  /** The ReplicaSets that the Rollout of this uid owns. */
  List<ReplicaSet> replicaSets(String uid);

  /** A Service. */
  Optional<Service> service(String name);

  /** An Ingress. */
  Optional<Ingress> ingress(String name);

  /** An AnalysisTemplate, or a ClusterAnalysisTemplate. */
  Optional<Template> template(TemplateName name);

  /** A workload that a Rollout may take its pod template from. */
  Optional<Workload> workload(WorkloadKind kind, String name);

  /**
   * A workload with a pod template.
   *
   * @param template as the API server stores it, with its defaults; null if there is none
   * @param selector null if the kind has none
   * @param generation of the object
   */
  record Workload(ObjectNode template, ObjectNode selector, long generation) {}

  /**
   * Which template.
   *
   * @param name of the object
   * @param clusterScope whether it is a ClusterAnalysisTemplate
   */
  record TemplateName(String name, boolean clusterScope) {

    /** The kind as messages write it. */
    String kind() {
      return clusterScope ? "ClusterAnalysisTemplate" : "AnalysisTemplate";
    }
  }

  /**
   * A template.
   *
   * @param name of the object
   * @param noData its annotation {@code sluice.dev/no-data}; empty if it has none
   * @param spec never null
   */
  record Template(TemplateName name, String noData, AnalysisTemplateSpec spec) {}
}
