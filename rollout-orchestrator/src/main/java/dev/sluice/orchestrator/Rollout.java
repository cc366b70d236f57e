package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisRole;
import dev.sluice.events.Fence;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is known and decided about one Rollout: independent regions, each a value of its own.
 * Sizes, selectors, conditions, phase and timers are not in here: they are functions of it ({@link
 * Sizes}, {@link RoutePlan}, {@link StatusView}, {@link Timers}).
 *
 * @param identity which Rollout
 * @param epoch rises whenever outstanding work becomes invalid
 * @param seq of the last event
 * @param specification the last valid one
 * @param problem why the newest specification is not usable; empty if it is
 * @param observedGeneration the newest generation that was looked at
 * @param revision what the user wants now
 * @param refusal why the API server would not create its ReplicaSet; empty if it did, or will
 * @param stableHash of the last promoted revision; empty before the first
 * @param progress how far the revision has come
 * @param pauses why nothing moves; empty if it does
 * @param runs that are waited for, by role: the current step's, and the one beside the steps
 * @param setAside runs that are to stop and have not yet
 * @param attempts runs of this revision that were started under each name
 * @param plugins what step plugins have done in this update
 * @param experiment that the current step waits for; null if there is none
 * @param route what was asked of the router
 * @param retirements by pod hash: how unwanted ReplicaSets go
 * @param cluster what was last seen
 * @param push the last accepted image push
 * @param edits what commands ask of the specification
 * @param restart whether pods are to be replaced as they are
 * @param timing for status.duration
 * @param epochStartedAt when the epoch began
 * @param lastProgressAt when anything last progressed
 * @param deadlineExceeded whether nothing has progressed for too long
 * @param capacityForced whether the stable side has been waited for long enough
 * @param everPaused whether the condition Paused is shown
 * @param shownPaused what it shows
 * @param everHealthy whether the condition Healthy is shown
 * @param quarantine why the weight is frozen; empty if it is not
 * @param swapped whether the two Services have each other's part
 */
public record Rollout(
    Identity identity,
    long epoch,
    long seq,
    Specification specification,
    String problem,
    long observedGeneration,
    Revision revision,
    String refusal,
    String stableHash,
    Progress progress,
    List<PauseCondition> pauses,
    Map<AnalysisRole, Run> runs,
    List<Run> setAside,
    Map<String, Integer> attempts,
    Plugins plugins,
    StepExperiment experiment,
    Route route,
    Map<String, Retirement> retirements,
    Cluster cluster,
    Push push,
    Edits edits,
    Restart restart,
    Timing timing,
    Instant epochStartedAt,
    Instant lastProgressAt,
    boolean deadlineExceeded,
    boolean capacityForced,
    boolean everPaused,
    boolean shownPaused,
    boolean everHealthy,
    String quarantine,
    boolean swapped) {

  /** Copies lists and maps, sorted. A state that an older program stored lacks some. */
  public Rollout {
    edits = edits == null ? Edits.NONE : edits;
    plugins = plugins == null ? Plugins.NONE : plugins;
    refusal = refusal == null ? "" : refusal;
    pauses = List.copyOf(pauses);
    runs = Collections.unmodifiableMap(new TreeMap<>(runs));
    setAside = List.copyOf(setAside);
    attempts = Collections.unmodifiableMap(new TreeMap<>(attempts));
    retirements = Collections.unmodifiableMap(new TreeMap<>(retirements));
  }

  /** A Rollout of which nothing is known but its name. */
  public static Rollout unknown(Identity identity, Instant now) {
    return new Rollout(
        identity,
        0,
        0,
        null,
        "",
        0,
        null,
        "",
        "",
        new Progress.Installing(),
        List.of(),
        Map.of(),
        List.of(),
        Map.of(),
        Plugins.NONE,
        null,
        Route.UNKNOWN,
        Map.of(),
        Cluster.EMPTY,
        Push.NONE,
        Edits.NONE,
        new Restart.Never(),
        Timing.NONE,
        now,
        now,
        false,
        false,
        false,
        false,
        false,
        "",
        false);
  }

  /** The number of the last decision. */
  public Fence fence() {
    return new Fence(epoch, seq);
  }

  /** Whether a valid specification was ever seen. */
  public boolean isKnown() {
    return specification != null;
  }

  /** Whether something forbids to move on: the index stays, and a weight rises to no new one. */
  public boolean isHalted() {
    return keepsItsShare() || !pauses.isEmpty();
  }

  /**
   * Whether nothing may be sent to the canary beyond what it has. A pause of a step does not forbid
   * it: the weight of the step was reached, and is the canary's again when it had lost it.
   */
  public boolean keepsItsShare() {
    return !problem.isEmpty()
        || !quarantine.isEmpty()
        || specification.paused()
        || pauses.stream().anyMatch(pause -> pause.reason() != PauseCondition.Reason.STEP);
  }

  /** Whether the wanted revision is the stable one. */
  public boolean isPromoted() {
    return revision != null && revision.podHash().equals(stableHash);
  }

  /** The name of the canary's Service; empty if there is none. */
  public String canaryService() {
    return specification.canaryService(swapped);
  }

  /** The name of the stable Service; empty if there is none. */
  public String stableService() {
    return specification.stableService(swapped);
  }

  /** Whether the canary Service, if there is one, was seen to select this hash. */
  public boolean isCanarySelected(String podHash) {
    return canaryService().isEmpty() || cluster.canarySelector().equals(podHash);
  }

  /** Whether the stable Service, if there is one, was seen to select this hash. */
  public boolean isStableSelected(String podHash) {
    return stableService().isEmpty() || cluster.stableSelector().equals(podHash);
  }

  /**
   * Whether the pods of this hash are there for all traffic: all of them, or of the wanted revision
   * as many as the user calls enough.
   */
  public boolean carriesEverything(String podHash) {
    boolean current = podHash.equals(revision.podHash());
    return current
        ? isAvailableEnough(specification.replicas())
        : cluster.carrying(podHash) >= specification.replicas();
  }

  /** Whether the wanted revision was told to have at least these pods, and enough are there. */
  public boolean isAvailableEnough(int pods) {
    return cluster.wanted(revision.podHash()) >= pods
        && cluster.carrying(revision.podHash()) >= specification.scaling().enough(pods);
  }

  /** Whether the update was taken back. */
  public boolean isAborted() {
    return progress instanceof Progress.Aborted;
  }

  /** The run of this role that is waited for; empty if none is. */
  public Optional<Run> run(AnalysisRole role) {
    return Optional.ofNullable(runs.get(role));
  }

  /** The name of the ReplicaSet of a hash. */
  public String replicaSetName(String podHash) {
    Cluster.ReplicaSet seen = cluster.replicaSets().get(podHash);
    return seen != null ? seen.name() : identity.name() + "-" + podHash;
  }
}
