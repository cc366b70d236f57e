package dev.sluice.crd;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list of {@link ClusterAnalysisTemplate}, as the API server answers it. */
public class ClusterAnalysisTemplateList
    extends DefaultKubernetesResourceList<ClusterAnalysisTemplate> {

  /** An empty list. */
  public ClusterAnalysisTemplateList() {}
}
