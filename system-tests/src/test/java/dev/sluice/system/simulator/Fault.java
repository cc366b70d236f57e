package dev.sluice.system.simulator;

/** What can go wrong, each with how often it does where it can: the mean over all seeds. */
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
  CRASH_BEFORE_COMMIT(0.003),
  /** The process dies after its transaction, before it could say so. */
  CRASH_AFTER_COMMIT(0.003),
  /** The transaction is committed, but the answer got lost. */
  UNKNOWN_COMMIT(0.01),
  /** The database is away for a while. */
  STORE_AWAY(0.5),

  /** The process dies before it sends a record. */
  CRASH_BEFORE_SEND(0.004),
  /** The process dies after sending a record, before it could note that. */
  CRASH_AFTER_SEND(0.004),
  /** The process dies before it writes to the cluster. */
  CRASH_BEFORE_WRITE(0.004),
  /** The process dies after writing to the cluster. */
  CRASH_AFTER_WRITE(0.004),
  /** The process sleeps, and wakes with what it knew: a zombie where others took over. */
  SLEEP(0.0015),

  /** A write to the cluster is long on its way. */
  SLOW_WRITE(0.04),
  /** The API server refuses for no reason that concerns the writer. */
  REFUSED_WRITE(0.02),
  /** The API server has written, the writer does not know. */
  LOST_ANSWER(0.02),
  /** The API server is away for a while. */
  API_AWAY(0.5),
  /** A watcher sees a change late. */
  STALE_CACHE(0.03),
  /** A watch breaks: what was on its way is not seen, only what is true when it comes back. */
  BROKEN_WATCH(0.01),

  /** Pods die, and come back. */
  DEAD_PODS(0.7),
  /** The pods of a revision never become available. */
  HOPELESS_PODS(0.1),
  /** Somebody else changes the weight. */
  FOREIGN_WEIGHT(0.3),
  /** Somebody else replaces the annotations, or the whole Ingress. */
  FOREIGN_ANNOTATIONS(0.2),
  /** A message is in the way that no decision can be made about. */
  POISONED_MESSAGE(0.05);

  private final double rate;

  Fault(double rate) {
    this.rate = rate;
  }

  double rate() {
    return rate;
  }
}
