package dev.sluice.crd;

import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * The hash of a canary's steps in {@code status.currentStepHash}: another one starts the steps
 * anew.
 */
public final class StepsHash {

  private static final GoType.Object TYPE = ModelTypes.of(CanaryStep.class);

  private StepsHash() {}

  /**
   * @param steps {@code spec.strategy.canary.steps}; null if there are none
   * @throws IllegalArgumentException where a member has the wrong JSON type; the message says which
   */
  public static String of(ArrayNode steps) {
    boolean none = steps == null;
    return new ShortHash()
        .add(none ? "null" : GoJson.list(steps, TYPE, "spec.strategy.canary.steps"))
        .toString();
  }
}
