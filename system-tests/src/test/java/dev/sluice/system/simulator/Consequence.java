package dev.sluice.system.simulator;

/** What faults lead to. A fault that never leads anywhere tests nothing, so each must be met. */
enum Consequence {
  /** A record is taken by one whose partition is somebody else's by now. */
  ZOMBIE_TOOK_A_RECORD,
  /** A zombie sends, and the broker refuses it. */
  ZOMBIE_WAS_FENCED,
  /** A zombie writes to the route. */
  ZOMBIE_WROTE_THE_ROUTE,
  /** A record is taken after a later one of its key. */
  OLDER_RECORD_AFTER_NEWER,
  /** The inbox knows an input already. */
  INPUT_REPEATED,
  /** The route carries a newer fence than the one that was to be written. */
  OLD_SPLIT_DROPPED,
  /** An object has another version than the one that the writer saw. */
  WRITE_CONFLICTED,
  /** A write lands that the row would not have any more. */
  OUTDATED_WRITE_LANDED,
  /** A status is not written, as commands in it were not taken yet. */
  STATUS_WRITE_HELD_BACK,
  /** An object was seen in a version older than one that is known. */
  OLD_SIGHTING_IGNORED,
  /** An object changed twice between two looks, and the first change is never seen. */
  STATE_MISSED,
  /** An object came and went between two looks. */
  OBJECT_NEVER_SEEN,
  /** An input is about a Rollout whose name another one has by now. */
  INPUT_FOR_ONE_GONE,
  /** A ReplicaSet is in the way that belonged to a Rollout of the same name. */
  NAME_STILL_TAKEN
}
