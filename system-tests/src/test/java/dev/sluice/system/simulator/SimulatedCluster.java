package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.system.simulator.ClusterObject.IngressObject;
import dev.sluice.system.simulator.ClusterObject.ReplicaSetObject;
import dev.sluice.system.simulator.ClusterObject.RolloutObject;
import dev.sluice.system.simulator.ClusterObject.ServiceObject;
import dev.sluice.traffic.CanaryIngress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The API server: objects with versions, and those who watch them. */
final class SimulatedCluster {

  /** Of the Rollout. */
  static final String NAME = "app";

  static final String ROLLOUT = "rollout";
  static final String INGRESS = "ingress";
  static final String STABLE_INGRESS = INGRESS + "/app";
  static final String INGRESS_OF_CANARY = INGRESS + "/" + CanaryIngress.nameOf("app", "app");
  static final String INGRESS_OF_SHARER = INGRESS + "/" + CanaryIngress.nameOf("other", "app");
  static final String SERVICE = "service";
  static final String REPLICA_SET = "replicaset";
  static final String EXPERIMENT = "experiment";
  static final String CANARY = SERVICE + "/canary";
  static final String STABLE = SERVICE + "/stable";

  /** What a caller gets to know. */
  enum Answer {
    DONE,
    CONFLICT,
    /** Refused for a reason that is said. */
    REFUSED,
    /** Refused, or unknown. */
    FAILED
  }

  private final Ground ground;
  private final Map<String, Stored> objects = new TreeMap<>();
  private final List<Stored> history = new ArrayList<>();
  private final List<Consumer<Stored>> watchers = new ArrayList<>();
  private long version;
  private boolean away;

  SimulatedCluster(Ground ground) {
    this.ground = ground;
  }

  static String replicaSetName(String podHash) {
    return REPLICA_SET + "/" + podHash;
  }

  static String experimentName(String experiment) {
    return EXPERIMENT + "/" + experiment;
  }

  /** The name of an object, without its kind. */
  static String objectOf(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  void away(boolean isAway) {
    away = isAway;
  }

  boolean isAway() {
    return away;
  }

  void watch(Consumer<Stored> watcher) {
    watchers.add(watcher);
  }

  Optional<Stored> find(String name) {
    return Optional.ofNullable(objects.get(name));
  }

  List<Stored> all(String kind) {
    return objects.values().stream().filter(s -> s.kind().equals(kind)).toList();
  }

  Optional<Cluster.ReplicaSet> replicaSet(String podHash) {
    return find(replicaSetName(podHash)).map(s -> ((ReplicaSetObject) s.object()).set());
  }

  /** Where this Rollout owns it. */
  Optional<Cluster.ReplicaSet> replicaSet(String podHash, String owner) {
    return find(replicaSetName(podHash))
        .map(s -> (ReplicaSetObject) s.object())
        .filter(r -> r.owner().equals(owner))
        .map(ReplicaSetObject::set);
  }

  String selector(String service) {
    return find(service).map(s -> ((ServiceObject) s.object()).selector()).orElse("");
  }

  /** The canary's. */
  Optional<IngressObject> ingress() {
    return find(INGRESS_OF_CANARY).map(s -> (IngressObject) s.object());
  }

  /** The annotations of all objects of routes, by name. */
  Map<String, Map<String, String>> routes() {
    Map<String, Map<String, String>> routes = new TreeMap<>();
    all(INGRESS)
        .forEach(i -> routes.put(i.name(), ((IngressObject) i.object()).view().annotations()));
    return routes;
  }

  Optional<RolloutObject> rollout() {
    return find(ROLLOUT).map(s -> (RolloutObject) s.object());
  }

  /** Writes whatever is there. */
  Stored put(String name, ClusterObject object) {
    Stored stored = new Stored(name, ++version, object);
    objects.put(name, stored);
    history.add(stored);
    watchers.forEach(w -> w.accept(stored));
    return stored;
  }

  void delete(String name) {
    if (objects.remove(name) != null) {
      Stored gone = new Stored(name, ++version, null);
      history.add(gone);
      watchers.forEach(w -> w.accept(gone));
    }
  }

  /** Of the last change of all: what a list carries, and what is missing in it is gone by then. */
  long version() {
    return version;
  }

  /** 0 stands for an object that is not there. */
  long versionOf(String name) {
    return find(name).map(Stored::version).orElse(0L);
  }

  /** Writes only over this very version; 0 stands for an object that is not there. */
  Answer putOver(long expected, String name, ClusterObject object) {
    if (versionOf(name) != expected) {
      ground.chaos().led(Consequence.WRITE_CONFLICTED);
      return Answer.CONFLICT;
    }
    put(name, object);
    return Answer.DONE;
  }

  /** Creates a ReplicaSet, if there is none of this name and a quota allows it. */
  Answer createReplicaSet(String name, ReplicaSetObject object) {
    return ground.chaos().strikes(Fault.REFUSED_REPLICA_SET)
        ? Answer.REFUSED
        : putOver(0, name, object);
  }

  /** Whether there ever was an object of this kind. */
  boolean wasThereAny(String kind) {
    return history.stream().anyMatch(s -> s.kind().equals(kind));
  }

  /** What happened to the objects of a kind within the last changes of all. */
  List<Stored> last(String kind, int changes) {
    return history.subList(Math.max(0, history.size() - changes), history.size()).stream()
        .filter(s -> s.kind().equals(kind))
        .toList();
  }

  /** The objects of a kind as they were so many changes ago. */
  Collection<Stored> before(String kind, int changes) {
    Map<String, Stored> then = new TreeMap<>();
    for (Stored stored : history.subList(0, Math.max(0, history.size() - changes))) {
      if (!stored.kind().equals(kind)) {
        continue;
      }
      if (stored.object() == null) {
        then.remove(stored.name());
      } else {
        then.put(stored.name(), stored);
      }
    }
    return then.values();
  }

  /** A request over the network: it arrives late, and its answer may not. */
  void request(Process caller, Supplier<Answer> effect, Consumer<Answer> answered) {
    Chaos chaos = ground.chaos();
    long life = caller.life();
    boolean slow = chaos.strikes(Fault.SLOW_WRITE);
    boolean refused = chaos.strikes(Fault.REFUSED_WRITE);
    boolean unanswered = chaos.strikes(Fault.LOST_ANSWER);
    Duration there = slow ? ground.trouble(chaos.millis(200, 4_000)) : chaos.millis(1, 50);
    ground
        .schedule()
        .after(
            there,
            () -> {
              Answer answer = away || refused ? Answer.FAILED : effect.get();
              Duration back = chaos.millis(1, 20);
              caller.later(life, back, () -> answered.accept(unanswered ? Answer.FAILED : answer));
            });
  }
}
