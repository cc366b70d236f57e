package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Rollouts;
import dev.sluice.orchestrator.kubernetes.specification.References;
import dev.sluice.orchestrator.kubernetes.specification.WorkloadReference;

/**
 * One Rollout during one pass: the object as commands were read from it, or as our own last write
 * left it, and the committed state that the cluster is to follow.
 */
final class Subject {

  private final Rollouts rollouts;
  private final References references;
  private Rollout manifest;
  private final Rollouts.Committed committed;

  Subject(
      Rollouts rollouts, References references, Rollout manifest, Rollouts.Committed committed) {
    this.rollouts = rollouts;
    this.references = references;
    this.manifest = manifest;
    this.committed = committed;
  }

  /** The state has moved on: what was computed from the old one is not written. */
  static final class Outdated extends Exception {
    private static final long serialVersionUID = 1;

    Outdated() {
      super("the state has moved on", null, false, false);
    }
  }

  String uid() {
    return manifest.getMetadata().getUid();
  }

  RolloutKey key() {
    return RolloutKey.of(manifest);
  }

  Rollout manifest() {
    return manifest;
  }

  /** The object with the template of the workload that it refers to; never to be written. */
  Rollout resolved() {
    return WorkloadReference.resolved(manifest, references);
  }

  dev.sluice.orchestrator.Rollout state() {
    return committed.rollout();
  }

  /** Our own write changed the object. */
  void wrote(Rollout written) {
    manifest = written;
  }

  /** Whether the state is still the newest. */
  boolean isCurrent() {
    return rollouts.find(uid()).map(now -> now.version() == committed.version()).orElse(false);
  }

  /** Checks right before a write that it would still be computed like this. */
  void requireCurrent() throws Outdated {
    if (!isCurrent()) {
      throw new Outdated();
    }
  }
}
