package dev.sluice.crd;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list of {@link AnalysisTemplate}, as the API server answers it. */
public class AnalysisTemplateList extends DefaultKubernetesResourceList<AnalysisTemplate> {

  /** An empty list. */
  public AnalysisTemplateList() {}
}
