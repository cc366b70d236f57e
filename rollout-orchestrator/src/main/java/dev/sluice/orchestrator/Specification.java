package dev.sluice.orchestrator;

import dev.sluice.events.TrafficDesired;
import java.time.Duration;
import java.util.List;

/**
 * What the user wants, as far as decisions need it. The edge has validated it and filled in the
 * defaults.
 *
 * @param generation of the object
 * @param replicas 0 or more
 * @param podHash of the pod template
 * @param stepsHash of the list of steps
 * @param selector of the Rollout, as text
 * @param images of the pod template's containers
 * @param steps may be empty
 * @param canaryService the Service of the canary
 * @param stableService the Service of the stable pods
 * @param router the route objects
 * @param maxWeight what a weight is a part of; 100 unless the user says otherwise
 * @param dynamicStableScale whether the stable side shrinks as the canary takes traffic
 * @param scaleDownDelay how long the old ReplicaSet stays after a promotion; zero with
 *     dynamicStableScale
 * @param abortScaleDownDelay how long an aborted canary stays
 * @param revisionHistoryLimit how many old ReplicaSets are kept
 * @param rollbackWindow how many revisions back need no steps; 0 means none
 * @param progressDeadline how long nothing may progress
 * @param abortOnDeadline whether the progress deadline aborts
 * @param paused whether the user has halted everything
 * @param pushRule which image pushes become revisions; null if none
 */
public record Specification(
    long generation,
    int replicas,
    String podHash,
    String stepsHash,
    String selector,
    List<String> images,
    List<Step> steps,
    String canaryService,
    String stableService,
    TrafficDesired.Router router,
    int maxWeight,
    boolean dynamicStableScale,
    Duration scaleDownDelay,
    AbortDelay abortScaleDownDelay,
    int revisionHistoryLimit,
    int rollbackWindow,
    Duration progressDeadline,
    boolean abortOnDeadline,
    boolean paused,
    PushRule pushRule) {

  /** How long an aborted canary keeps its pods. */
  public sealed interface AbortDelay {
    /** This long after the stable side carries everything. */
    record After(Duration delay) implements AbortDelay {}

    /** For good: the user wrote 0. */
    record Never() implements AbortDelay {}
  }

  /**
   * Which pushes this Rollout takes.
   *
   * @param repository with registry host
   * @param tag exact
   */
  public record PushRule(String repository, String tag) {}

  /** Copies the lists. */
  public Specification {
    images = List.copyOf(images);
    steps = List.copyOf(steps);
  }

  /** The weight of the last setWeight at or before this index; 0 if none precedes. */
  public int weightAt(int step) {
    for (int i = Math.min(step, steps.size() - 1); i >= 0; i--) {
      if (steps.get(i) instanceof Step.SetWeight(int weight)) {
        return weight;
      }
    }
    return 0;
  }

  /**
   * The pods that carry this share of the traffic: rounded up. Source: argo-rollouts, routed
   * canary.
   */
  public int podsFor(int weight) {
    return (int) ((long) weight * replicas + maxWeight - 1) / maxWeight;
  }
}
