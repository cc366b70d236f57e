package dev.sluice.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The hash that tells one pod template from another: in the names of ReplicaSets, in the label
 * {@link Api#POD_TEMPLATE_HASH_LABEL} and in Rollout status. It is Argo Rollouts' (from 1.9 on), so
 * that a cluster can change hands without new pods.
 */
public final class PodTemplateHash {

  private static final GoType.Object TYPE = PodTemplateTypes.get("PodTemplateSpec");
  private static final GoType.Object EARLIER = PodTemplateTypes.getEarlier("PodTemplateSpec");

  private PodTemplateHash() {}

  /**
   * @param template {@code spec.template} as the API server stores it; members that Kubernetes 1.34
   *     does not know do not count, and the schema's defaults are applied
   * @param collisionCount {@code status.collisionCount}; null if there is none
   * @throws IllegalArgumentException where a member has the wrong JSON type; the message says which
   */
  public static String of(ObjectNode template, Integer collisionCount) {
    return of(template, TYPE, collisionCount);
  }

  /** The same as Argo Rollouts up to 1.8 computed it: with {@code "creationTimestamp":null}. */
  public static String upTo18(ObjectNode template, Integer collisionCount) {
    return of(template, EARLIER, collisionCount);
  }

  private static String of(ObjectNode template, GoType.Object type, Integer collisionCount) {
    ShortHash hash = new ShortHash().add(GoJson.object(template, type, "spec.template"));
    if (collisionCount != null) {
      int count = collisionCount;
      hash.add(
          (byte) count,
          (byte) (count >> 8),
          (byte) (count >> 16),
          (byte) (count >> 24),
          (byte) 0,
          (byte) 0,
          (byte) 0,
          (byte) 0);
    }
    return hash.toString();
  }
}
