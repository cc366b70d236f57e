package dev.sluice.devkit.workload;

import dev.sluice.devkit.kubernetes.controllers.Controllers;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;

/**
 * Where a played pod really listens. Pods of one machine share 127.0.0.1, and Kubernetes allows no
 * loopback address in an endpoint: an annotation holds the port.
 */
public final class PodPorts {

  /** The annotation of a pod with its port on 127.0.0.1. */
  public static final String ANNOTATION = Controllers.PORT_ANNOTATION;

  /** The label of a pod with the hash of its template. */
  public static final String POD_HASH_LABEL = "rollouts-pod-template-hash";

  private PodPorts() {}

  /** Empty where the pod does not listen yet. */
  public static Optional<Integer> portOf(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getAnnotations())
        .map((Map<String, String> annotations) -> annotations.get(ANNOTATION))
        .map(Integer::valueOf);
  }
}
