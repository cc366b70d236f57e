package dev.sluice.system.golden;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds that scenarios name and that are watched. */
final class Kinds {

  private static final String ARGO = "argoproj.io";

  /** What a log of watches is made of. */
  static final List<ResourceDefinitionContext> WATCHED =
      List.of(
          kind(ARGO, "v1alpha1", "Rollout", "rollouts"),
          kind("apps", "v1", "ReplicaSet", "replicasets"),
          kind("apps", "v1", "Deployment", "deployments"),
          kind("", "v1", "Service", "services"),
          kind("networking.k8s.io", "v1", "Ingress", "ingresses"),
          kind(ARGO, "v1alpha1", "AnalysisRun", "analysisruns"),
          kind(ARGO, "v1alpha1", "Experiment", "experiments"),
          kind("", "v1", "Event", "events"));

  private static final Map<String, ResourceDefinitionContext> OTHERS =
      Map.of(
          "analysistemplate", kind(ARGO, "v1alpha1", "AnalysisTemplate", "analysistemplates"),
          "configmap", kind("", "v1", "ConfigMap", "configmaps"),
          "secret", kind("", "v1", "Secret", "secrets"),
          "podtemplate", kind("", "v1", "PodTemplate", "podtemplates"),
          "poddisruptionbudget",
              kind("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets"));

  private Kinds() {}

  /** The kind of that name, in any case. */
  static ResourceDefinitionContext of(String name) {
    return WATCHED.stream()
        .filter(kind -> kind.getKind().equalsIgnoreCase(name))
        .findFirst()
        .or(() -> Optional.ofNullable(OTHERS.get(name.toLowerCase())))
        .orElseThrow(() -> new IllegalArgumentException("no scenario knows the kind " + name));
  }

  private static ResourceDefinitionContext kind(
      String group, String version, String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
