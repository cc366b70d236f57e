package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisPhase;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was last seen of the objects that belong to a Rollout. A level: only the newest counts.
 *
 * @param replicaSets by pod hash
 * @param canarySelector the hash that the canary Service selects; empty if none
 * @param stableSelector the hash that the stable Service selects; empty if none
 * @param shown what the Rollout itself says
 * @param swapped whether the Services were looked at in each other's part
 * @param experiments by name: those that are waited for
 */
public record Cluster(
    Map<String, ReplicaSet> replicaSets,
    String canarySelector,
    String stableSelector,
    Shown shown,
    boolean swapped,
    Map<String, Experiment> experiments) {

  /** Nothing was seen yet. */
  public static final Cluster EMPTY = new Cluster(Map.of(), "", "", Shown.NOTHING);

  /**
   * What of our own writing a decision may need. Of status: the start of a first deployment, and a
   * store that is newer than the Rollout. Of the object itself: the mark of a command.
   *
   * @param step currentStepIndex; -1 if there is none
   * @param stableHash stableRS; empty if there is none
   * @param weight of the canary; 0 if there is none
   * @param command whose change of the specification was written last; empty if there was none
   * @param inherited what else another controller has left
   */
  public record Shown(
      int step, String stableHash, int weight, String command, Inherited inherited) {

    /** Nothing was ever written. */
    public static final Shown NOTHING = new Shown(-1, "", 0, "");

    /** No other controller has left anything. */
    public Shown(int step, String stableHash, int weight, String command) {
      this(step, stableHash, weight, command, Inherited.NOTHING);
    }

    /** An older state knows of no inheritance. */
    public Shown {
      inherited = inherited == null ? Inherited.NOTHING : inherited;
    }

    /** The same, marked by this command. */
    public Shown markedBy(String id) {
      return new Shown(step, stableHash, weight, id, inherited);
    }
  }

  /**
   * What another controller has left behind beside that. It is read once, before the first
   * decision.
   *
   * @param podHash currentPodHash: the pod template that all this is about; empty if there is none
   * @param stepsHash currentStepHash; empty if there is none
   * @param abortedAt when the update was taken back; null if it was not
   * @param abortReason why; empty if somebody asked for it
   * @param timing status.duration
   * @param everPaused whether the condition Paused is shown
   * @param shownPaused what it shows
   * @param everHealthy whether the condition Healthy is shown
   * @param deadlines when ReplicaSets that are no longer wanted go, by pod hash
   * @param runs names of the AnalysisRuns that exist
   * @param experiments names of the Experiments that exist
   */
  public record Inherited(
      String podHash,
      String stepsHash,
      Instant abortedAt,
      String abortReason,
      Timing timing,
      boolean everPaused,
      boolean shownPaused,
      boolean everHealthy,
      Map<String, Instant> deadlines,
      List<String> runs,
      List<String> experiments) {

    /** Nothing. */
    public static final Inherited NOTHING =
        new Inherited(
            "", "", null, "", Timing.NONE, false, false, false, Map.of(), List.of(), List.of());

    /** Copies map and lists, sorted. What an older program stored knows of no experiments. */
    public Inherited {
      deadlines = Collections.unmodifiableMap(new TreeMap<>(deadlines));
      runs = runs.stream().sorted().toList();
      experiments = experiments == null ? List.of() : experiments.stream().sorted().toList();
    }
  }

  /**
   * A ReplicaSet of the Rollout.
   *
   * @param name of the object
   * @param podHash its label
   * @param revision its annotation
   * @param wanted spec.replicas
   * @param actual status.replicas
   * @param ready pods
   * @param available pods
   * @param createdAt of the object
   * @param failure why pods cannot be created or deleted; null if they can
   */
  public record ReplicaSet(
      String name,
      String podHash,
      int revision,
      int wanted,
      int actual,
      int ready,
      int available,
      Instant createdAt,
      Failure failure) {

    /** Nothing stands in the way of its pods. */
    public ReplicaSet(
        String name,
        String podHash,
        int revision,
        int wanted,
        int actual,
        int ready,
        int available,
        Instant createdAt) {
      this(name, podHash, revision, wanted, actual, ready, available, createdAt, null);
    }
  }

  /** A ReplicaSet's condition ReplicaFailure. */
  public record Failure(String reason, String message) {}

  /**
   * An Experiment of the Rollout.
   *
   * @param phase null before anybody has taken it up
   * @param message why
   * @param terminated whether somebody asked for its end
   */
  public record Experiment(AnalysisPhase phase, String message, boolean terminated) {}

  /** Each Service has its own part. */
  public Cluster(
      Map<String, ReplicaSet> replicaSets,
      String canarySelector,
      String stableSelector,
      Shown shown) {
    this(replicaSets, canarySelector, stableSelector, shown, false, Map.of());
  }

  /** Copies the maps, sorted: decisions depend on no order of arrival. */
  public Cluster {
    replicaSets = Collections.unmodifiableMap(new TreeMap<>(replicaSets));
    // What an older program stored knows of none.
    experiments =
        experiments == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(experiments));
  }

  /** The same with these Experiments. */
  public Cluster with(Map<String, Experiment> others) {
    return new Cluster(replicaSets, canarySelector, stableSelector, shown, swapped, others);
  }

  /** The same with the Services in these parts. */
  Cluster inParts(boolean areSwapped) {
    return areSwapped == swapped
        ? this
        : new Cluster(replicaSets, stableSelector, canarySelector, shown, areSwapped, experiments);
  }

  /** Whether a ReplicaSet with this hash exists. */
  public boolean has(String podHash) {
    return replicaSets.containsKey(podHash);
  }

  /** The ReplicaSet of this revision, as far as it is kept. */
  public Optional<ReplicaSet> ofRevision(int revision) {
    return replicaSets.values().stream()
        .filter(r -> revision > 0 && r.revision() == revision)
        .findFirst();
  }

  /** Available pods of this hash; 0 where there is no such ReplicaSet. */
  public int available(String podHash) {
    ReplicaSet replicaSet = replicaSets.get(podHash);
    return replicaSet == null ? 0 : replicaSet.available();
  }

  /** Available pods of this hash that are to stay: those beyond its size are about to go. */
  public int carrying(String podHash) {
    return Math.min(available(podHash), wanted(podHash));
  }

  /** Whether all other ReplicaSets have no pods and are to have none. */
  public boolean isAlone(String podHash) {
    return replicaSets.values().stream()
        .filter(r -> !r.podHash().equals(podHash))
        .allMatch(r -> r.wanted() == 0 && r.actual() == 0);
  }

  /** Pods of this hash, in whatever state; 0 where there is no such ReplicaSet. */
  public int actual(String podHash) {
    ReplicaSet replicaSet = replicaSets.get(podHash);
    return replicaSet == null ? 0 : replicaSet.actual();
  }

  /** The size that this hash has been told to have; 0 where there is no such ReplicaSet. */
  public int wanted(String podHash) {
    ReplicaSet replicaSet = replicaSets.get(podHash);
    return replicaSet == null ? 0 : replicaSet.wanted();
  }
}
