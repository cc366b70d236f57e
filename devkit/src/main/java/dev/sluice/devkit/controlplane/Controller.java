package dev.sluice.devkit.controlplane;

import java.util.Locale;

/** A controller that kube-controller-manager can run. */
public enum Controller {
  DEPLOYMENT,
  REPLICASET,
  JOB,
  ENDPOINTS,
  ENDPOINTSLICE,
  NAMESPACE,
  GARBAGE_COLLECTOR,
  DISRUPTION,
  SERVICEACCOUNT,
  TTL_AFTER_FINISHED,
  HORIZONTAL_POD_AUTOSCALER;

  /** As the option {@code --controllers} names it. */
  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-controller";
  }
}
