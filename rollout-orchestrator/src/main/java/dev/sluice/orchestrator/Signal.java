package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.Fence;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.PluginAnswer;
import dev.sluice.events.TrafficApplied;
import java.time.Instant;

/** What a decision can be asked for. Any signal can arrive in any state, late or twice. */
public sealed interface Signal {

  /** The Rollout has this valid specification. */
  record SpecificationObserved(Specification specification) implements Signal {}

  /**
   * The Rollout, or an object that it names, cannot be worked with.
   *
   * @param generation that was looked at
   * @param message as the condition InvalidSpec shows it
   */
  record SpecificationUnusable(long generation, String message) implements Signal {}

  /** The cluster looks like this. */
  record ClusterObserved(Cluster cluster) implements Signal {}

  /**
   * The API server does not create the ReplicaSet of this hash: a quota, a policy, a value in the
   * pod template, a missing right.
   *
   * @param message the server's
   */
  record ReplicaSetRefused(String podHash, String message) implements Signal {}

  /**
   * Somebody asks for something.
   *
   * @param id idempotency key
   * @param command what
   */
  record CommandReceived(String id, Command command) implements Signal {}

  /** The router answered. */
  record RouteReported(Fence fence, TrafficApplied.Outcome outcome) implements Signal {}

  /** A run got under way. */
  record RunReported(String run, long epoch, AnalysisPhase phase) implements Signal {}

  /** A run has ended. */
  record VerdictReported(String run, long epoch, AnalysisPhase phase, String message)
      implements Signal {}

  /** A step plugin has answered, or could not be asked. */
  record PluginAnswered(PluginAnswer answer) implements Signal {}

  /** A timer is due. */
  record TimerFired(String timer) implements Signal {}

  /** A registry has a new image. */
  record ImagePushReported(ImagePushed push) implements Signal {}

  /** No pod is older than this any more. */
  record PodsReplaced(Instant restartAt) implements Signal {}

  /** The topics may have lost what was desired (a start, a restored broker): say it again. */
  record RepublishRequested() implements Signal {}

  /** A decision about this Rollout threw: freeze it. */
  record DecisionFailed(String why) implements Signal {}

  /** The Rollout was deleted. */
  record RolloutGone() implements Signal {}
}
