package dev.sluice.system.simulator;

import java.util.List;

/**
 * What can go wrong, each with how often it does where it can: the mean over all seeds; and, where
 * it befalls processes, the services whose processes it must have befallen.
 */
enum Fault {
  /** A record is delivered twice. */
  DUPLICATE_DELIVERY(0.05),
  /** A consumer that takes over starts further back than it had to. */
  EARLIER_OFFSET(0.3),
  /** A record comes seconds late. */
  SLOW_DELIVERY(0.02),
  /** The broker has the record, the sender does not know. */
  LOST_ACKNOWLEDGEMENT(0.03),
  /** The broker never got the record. */
  LOST_SEND(0.02),
  /** The broker is away for a while. */
  BROKER_AWAY(0.5),

  /** The process dies before its transaction. */
  CRASH_BEFORE_COMMIT(0.003, "orchestrator"),
  /** The process dies after its transaction, before it could say so. */
  CRASH_AFTER_COMMIT(0.003, "orchestrator"),
  /** The transaction is committed, but the answer got lost. */
  UNKNOWN_COMMIT(0.01),
  /** The database is away for a while. */
  STORE_AWAY(0.5),

  /** The process dies before it sends a record. */
  CRASH_BEFORE_SEND(0.004, "orchestrator", "router", "worker", "gateway"),
  /** The process dies after sending a record, before it could note that. */
  CRASH_AFTER_SEND(0.004, "orchestrator", "router", "worker", "gateway"),
  /** The process dies before it writes to the cluster. */
  CRASH_BEFORE_WRITE(0.004, "orchestrator", "router"),
  /** The process dies after writing to the cluster. */
  CRASH_AFTER_WRITE(0.004, "orchestrator", "router"),
  /** The process sleeps, and wakes with what it knew: a zombie where others took over. */
  SLEEP(0.0015, "orchestrator", "router", "worker", "gateway"),

  /** A step plugin takes long to answer, perhaps longer than anybody waits. */
  SLOW_PLUGIN(0.05),

  /** A write to the cluster is long on its way. */
  SLOW_WRITE(0.04),
  /** The API server refuses for no reason that concerns the writer. */
  REFUSED_WRITE(0.02),
  /** The API server does not create a ReplicaSet, and says why. */
  REFUSED_REPLICA_SET(0.05),
  /** The API server has written, the writer does not know. */
  LOST_ANSWER(0.02),
  /** The API server is away for a while. */
  API_AWAY(0.5),
  /** A watcher sees a change late. */
  STALE_CACHE(0.03),
  /** A process that starts sees at first what was, not what is. */
  OLD_CACHE(0.2),
  /** A watch breaks: what was on its way is not seen, only what is true when it comes back. */
  BROKEN_WATCH(0.01),

  /** Pods die, and come back. */
  DEAD_PODS(0.7),
  /** The pods of all revisions die before the first one has served, and somebody tries another. */
  DISASTER(0.3),
  /** A pod may not be evicted now: a disruption budget forbids it. */
  EVICTION_FORBIDDEN(0.1),
  /** The pods of a revision never become available. */
  HOPELESS_PODS(0.1),
  /** The stable pods die again and again. */
  CRASH_LOOP(0.1),
  /** Somebody else changes the number of pods again and again. */
  AUTOSCALER(0.1),
  /** The manifest is brought into the cluster again as a repository has it. */
  REPOSITORY(0.1),
  /** The Rollout is deleted, and another one is created under its name. */
  RECREATED(0.1),
  /** Somebody else changes the weight. */
  FOREIGN_WEIGHT(0.3),
  /** Somebody else replaces the annotations, or the whole Ingress. */
  FOREIGN_ANNOTATIONS(0.2),
  /** Somebody else changes the weight again and again. */
  FOREIGN_FIGHT(0.1),
  /** Somebody else changes what the weight is a part of. */
  FOREIGN_TOTAL(0.1),
  /** The route was written by a store that was lost since. */
  FENCE_ABOVE(0.1),
  /** Somebody takes the stable Ingress away for a while. */
  STABLE_INGRESS_AWAY(0.1),
  /** A message is in the way that no decision can be made about. */
  POISONED_MESSAGE(0.08),
  /** A Service is replaced by one that selects by no hash. */
  EMPTIED_SELECTOR(0.1);

  private final double rate;
  private final List<String> services;

  Fault(double rate, String... services) {
    this.rate = rate;
    this.services = List.of(services);
  }

  double rate() {
    return rate;
  }

  /** Under what it is counted: itself, or itself with each service that it befalls. */
  List<String> counted() {
    return services.isEmpty()
        ? List.of(name())
        : services.stream().map(service -> name() + " " + service).toList();
  }
}
