package dev.sluice.crd;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list of {@link AnalysisRun}, as the API server answers it. */
public class AnalysisRunList extends DefaultKubernetesResourceList<AnalysisRun> {

  /** An empty list. */
  public AnalysisRunList() {}
}
