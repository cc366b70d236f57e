package dev.sluice.crd;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list of {@link Experiment}, as the API server answers it. */
public class ExperimentList extends DefaultKubernetesResourceList<Experiment> {

  /** An empty list. */
  public ExperimentList() {}
}
