package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Evictions;
import dev.sluice.system.simulator.ClusterObject.ReplicaSetObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes pods as ReplicaSets want them: after a while, and not for ever. */
final class SimulatedPods {

  private final Ground ground;
  private final SimulatedCluster cluster;
  private final Set<String> planned = new HashSet<>();
  private final Map<String, Integer> most = new HashMap<>();
  private final Map<String, List<Evictions.Pod>> pods = new TreeMap<>();
  private int named;

  SimulatedPods(Ground ground, SimulatedCluster cluster) {
    this.ground = ground;
    this.cluster = cluster;
    cluster.watch(stored -> {
      if (stored.object() instanceof ReplicaSetObject(var set, _)) {
        count(set);
        look(set);
      } else if (stored.kind().equals(SimulatedCluster.REPLICA_SET)) {
        pods.remove(SimulatedCluster.objectOf(stored.name()));
      }
    });
  }

  /** All that there are. */
  List<Evictions.Pod> all() {
    return pods.values().stream().flatMap(List::stream).toList();
  }

  /** Some pods of a ReplicaSet die; others take their place. */
  void die(String podHash, int count) {
    cluster
        .replicaSet(podHash)
        .filter(set -> set.available() > 0)
        .ifPresent(set -> {
          int left = Math.max(0, set.available() - count);
          ground.trace().line("pods", () -> podHash + " loses pods: " + left + " left");
          List.copyOf(pods.get(podHash)).subList(0, set.available() - left).forEach(this::replace);
          write(set, set.actual(), left);
        });
  }

  /** Asks for the end of a pod; says whether it may go now. */
  boolean evict(String name) {
    if (ground.chaos().strikes(Fault.EVICTION_FORBIDDEN)) {
      return false;
    }
    all().stream()
        .filter(pod -> pod.name().equals(name) && !pod.leaving())
        .forEach(pod -> {
          ground.trace().line("pods", () -> name + " is evicted");
          Evictions.Pod leaving = new Evictions.Pod(name, pod.podHash(), pod.createdAt(), true);
          pods.get(pod.podHash()).replaceAll(p -> p.equals(pod) ? leaving : p);
          ground.schedule().after(ground.chaos().millis(50, 3_000), () -> end(leaving));
        });
    return true;
  }

  private void end(Evictions.Pod leaving) {
    if (pods.getOrDefault(leaving.podHash(), List.of()).contains(leaving)) {
      replace(leaving);
      cluster
          .replicaSet(leaving.podHash())
          .ifPresent(set -> write(set, set.actual(), Math.max(0, set.available() - 1)));
    }
  }

  private void replace(Evictions.Pod pod) {
    List<Evictions.Pod> there = pods.get(pod.podHash());
    there.remove(pod);
    there.add(pod(pod.podHash(), ground.now()));
  }

  // The newest go first. What is there when it is first seen is as old as its ReplicaSet.
  private void count(Cluster.ReplicaSet set) {
    Instant created = pods.containsKey(set.podHash()) ? ground.now() : set.createdAt();
    List<Evictions.Pod> there = pods.computeIfAbsent(set.podHash(), _ -> new ArrayList<>());
    while (there.size() > set.actual()) {
      there.removeLast();
    }
    while (there.size() < set.actual()) {
      there.add(pod(set.podHash(), created));
    }
  }

  private Evictions.Pod pod(String podHash, Instant created) {
    return new Evictions.Pod(
        podHash + "-" + ++named, podHash, created.truncatedTo(ChronoUnit.SECONDS), false);
  }

  private void look(Cluster.ReplicaSet set) {
    boolean settled = set.actual() == set.wanted() && set.available() >= target(set);
    if (!settled && planned.add(set.podHash())) {
      Duration delay =
          set.wanted() < set.actual()
              ? ground.chaos().millis(20, 1_500)
              : ground.chaos().millis(100, 9_000);
      ground.schedule().after(delay, () -> adjust(set.podHash()));
    }
  }

  private void adjust(String podHash) {
    planned.remove(podHash);
    Cluster.ReplicaSet set = cluster.replicaSet(podHash).orElse(null);
    if (set == null) {
      return;
    }
    int target = target(set);
    int available = set.available();
    if (available < target && set.actual() >= set.wanted()) {
      available += ground.chaos().between(1, target - available);
    }
    write(set, set.wanted(), Math.min(available, set.wanted()));
  }

  private void write(Cluster.ReplicaSet set, int actual, int available) {
    if (actual == set.actual() && available == set.available()) {
      look(set);
      return;
    }
    String name = SimulatedCluster.replicaSetName(set.podHash());
    cluster
        .find(name)
        .map(there -> (ReplicaSetObject) there.object())
        .ifPresent(there -> cluster.put(name, there.running(actual, available)));
  }

  private int target(Cluster.ReplicaSet set) {
    return Math.min(set.wanted(), limit(set.podHash()));
  }

  private int limit(String podHash) {
    return most.computeIfAbsent(
        podHash,
        _ ->
            ground.chaos().strikes(Fault.HOPELESS_PODS)
                ? ground.chaos().below(3)
                : Integer.MAX_VALUE);
  }
}
