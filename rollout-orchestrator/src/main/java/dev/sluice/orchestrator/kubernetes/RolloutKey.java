package dev.sluice.orchestrator.kubernetes;

import dev.sluice.orchestrator.Identity;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The place of a Rollout. One Rollout at a time lives in it; a new uid is another one.
 *
 * @param namespace of the object
 * @param name of the object
 */
record RolloutKey(String namespace, String name) {

  static RolloutKey of(HasMetadata object) {
    return new RolloutKey(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  static RolloutKey of(Identity identity) {
    return new RolloutKey(identity.namespace(), identity.name());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
