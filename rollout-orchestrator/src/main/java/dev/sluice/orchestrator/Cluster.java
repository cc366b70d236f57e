package dev.sluice.orchestrator;

import java.time.Instant;
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
 */
public record Cluster(
    Map<String, ReplicaSet> replicaSets,
    String canarySelector,
    String stableSelector,
    Shown shown) {

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
   */
  public record Shown(int step, String stableHash, int weight, String command) {

    /** Nothing was ever written. */
    public static final Shown NOTHING = new Shown(-1, "", 0, "");

    /** The same, marked by this command. */
    public Shown markedBy(String id) {
      return new Shown(step, stableHash, weight, id);
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
   */
  public record ReplicaSet(
      String name,
      String podHash,
      int revision,
      int wanted,
      int actual,
      int ready,
      int available,
      Instant createdAt) {}

  /** Copies the map, sorted: decisions depend on no order of arrival. */
  public Cluster {
    replicaSets = java.util.Collections.unmodifiableMap(new TreeMap<>(replicaSets));
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
