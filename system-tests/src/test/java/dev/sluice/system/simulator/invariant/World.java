package dev.sluice.system.simulator.invariant;

import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How things truly are, whoever knows. */
public interface World {

  Instant now();

  /** The committed state; empty before the first. */
  Optional<Rollout> rollout();

  /** The uid of the Rollout that is there; empty where there is none. */
  Optional<String> uid();

  /** The canary's weight on the route, by us or by others; 0 where there is no route object. */
  int weight();

  /** The fence on the route; NONE where there is none. */
  Fence fence();

  /** Whether somebody else has changed the route, and we have not put it right yet. */
  boolean isForeign();

  /** Whether somebody else has changed what a Service selects, and we have not put it right yet. */
  boolean isSelectorForeign();

  /** The hash that the canary Service selects; empty if it selects all. */
  String canarySelector();

  /** The hash that the stable Service selects; empty if it selects all. */
  String stableSelector();

  /** How many pods a ReplicaSet was told to have; empty where there is none. */
  OptionalInt size(String podHash);

  /** How much of the time since then something kept the system from its work. */
  Duration troubledSince(Instant moment);

  /** How many answers of a provider were good, of those that a metric of a run was given. */
  int goodAnswers(String run, String metric);

  /** Whether a step plugin ever answered this call so. */
  boolean pluginSucceeded(String call);

  /** Whether an Experiment of this name ever succeeded without having been told to end. */
  boolean experimentSucceeded(String experiment);

  /** The names of the Rollout's Experiments that go on, and are not to end. */
  List<String> liveExperiments();
}
