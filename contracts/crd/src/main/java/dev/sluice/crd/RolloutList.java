package dev.sluice.crd;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list of {@link Rollout}, as the API server answers it. */
public class RolloutList extends DefaultKubernetesResourceList<Rollout> {

  /** An empty list. */
  public RolloutList() {}
}
