package dev.sluice.orchestrator;

/**
 * The one-word answer to "how is it going", with its reason. Source: argo-rollouts, phase
 * calculation; Healthy waits for the route here.
 *
 * @param name Healthy, Progressing, Paused or Degraded
 * @param message empty if Healthy
 */
record Phase(String name, String message) {

  static final Phase HEALTHY = new Phase("Healthy", "");

  static Phase of(Rollout rollout) {
    if (!rollout.problem().isEmpty()) {
      return degraded("InvalidSpec: " + rollout.problem());
    }
    if (!rollout.isKnown() || rollout.revision() == null) {
      return progressing("waiting for the specification");
    }
    if (rollout.isAborted()) {
      return degraded("RolloutAborted: " + Conditions.abortText(rollout));
    }
    if (!rollout.quarantine().isEmpty()) {
      return degraded("Quarantined: " + rollout.quarantine());
    }
    if (rollout.deadlineExceeded()) {
      return degraded("ProgressDeadlineExceeded: " + Conditions.deadlineText(rollout));
    }
    if (rollout.specification().paused()) {
      return new Phase("Paused", "manually paused");
    }
    if (!rollout.pauses().isEmpty()) {
      return new Phase("Paused", rollout.pauses().getFirst().reason().text());
    }
    return progress(rollout);
  }

  private static Phase progress(Rollout rollout) {
    if (!rollout.route().failure().isEmpty()) {
      return progressing(rollout.route().failure());
    }
    if (rollout.restart() instanceof Restart.UnderWay) {
      return progressing("rollout is restarting");
    }
    StepExperiment experiment = rollout.experiment();
    if (experiment != null && experiment.phase() == null) {
      return progressing(Experiments.waitingText(experiment));
    }
    int updated = StatusView.updated(rollout);
    if (updated < rollout.specification().replicas()) {
      return progressing("more replicas need to be updated");
    }
    if (StatusView.sum(rollout, Cluster.ReplicaSet::available) < updated) {
      return progressing("updated replicas are still becoming available");
    }
    boolean routed = rollout.specification().isRouted();
    if (!routed && StatusView.sum(rollout, Cluster.ReplicaSet::actual) > updated) {
      return progressing("old replicas are pending termination");
    }
    if (!rollout.isPromoted()) {
      return progressing("waiting for all steps to complete");
    }
    if (rollout.progress() instanceof Progress.Settled) {
      return HEALTHY;
    }
    return progressing(
        routed
            ? "waiting for the route to be verified"
            : "waiting for the Services to be switched");
  }

  private static Phase progressing(String message) {
    return new Phase("Progressing", message);
  }

  private static Phase degraded(String message) {
    return new Phase("Degraded", message);
  }
}
