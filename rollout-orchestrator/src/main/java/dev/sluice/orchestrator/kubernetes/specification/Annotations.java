package dev.sluice.orchestrator.kubernetes.specification;

/** The annotations of our own group. They leave manifests valid for Argo Rollouts. */
public final class Annotations {

  /** On a template: {@code error} or {@code inconclusive}. */
  public static final String NO_DATA = "sluice.dev/no-data";

  /** On a Rollout: pushes of this repository, with registry host, start an update. */
  public static final String IMAGE_REPOSITORY = "sluice.dev/image-repository";

  /** On a Rollout: pushes under exactly this tag start an update. */
  public static final String IMAGE_TAG = "sluice.dev/image-tag";

  /** On a Rollout: the push that its image comes from. */
  public static final String PUSHED_BY = "sluice.dev/pushed-by";

  /** On a Rollout: the command whose change of its spec was written last. */
  public static final String CHANGED_BY = "sluice.dev/changed-by";

  private Annotations() {}
}
