package dev.sluice.crd;

/** The API group of the five kinds, and the names that Argo Rollouts puts on objects. */
public final class Api {

  /** The group of the five kinds. */
  public static final String GROUP = "argoproj.io";

  /** Their only version. */
  public static final String VERSION = "v1alpha1";

  /** Group and version as an object names them. */
  public static final String API_VERSION = GROUP + "/" + VERSION;

  /**
   * Label of ReplicaSets, pods and runs, and key in Service selectors; the value is a pod template
   * hash.
   */
  public static final String POD_TEMPLATE_HASH_LABEL = "rollouts-pod-template-hash";

  /** Annotation of a Service: the name of the Rollout that switches its selector. */
  public static final String MANAGED_BY_ROLLOUTS = "argo-rollouts.argoproj.io/managed-by-rollouts";

  /** Label: the controller instance that an object belongs to. */
  public static final String INSTANCE_ID_LABEL = "argo-rollouts.argoproj.io/controller-instance-id";

  /** Annotation of Rollout, ReplicaSets and runs: the revision, a decimal number from 1. */
  public static final String REVISION = "rollout.argoproj.io/revision";

  /** Annotation of a ReplicaSet: earlier revisions of the same template, comma-separated. */
  public static final String REVISION_HISTORY = "rollout.argoproj.io/revision-history";

  /** Annotation of a ReplicaSet: {@code spec.replicas} of the Rollout when it was last scaled. */
  public static final String DESIRED_REPLICAS = "rollout.argoproj.io/desired-replicas";

  /** Annotation of a ReplicaSet: the metadata injected into its template, as JSON. */
  public static final String EPHEMERAL_METADATA = "rollout.argoproj.io/ephemeral-metadata";

  /** Annotation of a Rollout: generation of the workload that it refers to. */
  public static final String WORKLOAD_GENERATION = "rollout.argoproj.io/workload-generation";

  /** Annotation of a ReplicaSet: when it is scaled to 0, RFC 3339 in UTC. The key has no prefix. */
  public static final String SCALE_DOWN_DEADLINE = "scale-down-deadline";

  private Api() {}
}
