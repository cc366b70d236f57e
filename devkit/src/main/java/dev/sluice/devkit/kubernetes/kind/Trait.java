package dev.sluice.devkit.kubernetes.kind;

/** How a kind differs from the plainest one; each is a rule of the real API server. */
public enum Trait {
  /** Defined by a CustomResourceDefinition: a status write changes nothing but the status. */
  CUSTOM,
  /** Counts changes of what is wanted in metadata.generation. */
  GENERATION,
  /** A change of annotations counts as a change of what is wanted. */
  COUNTS_ANNOTATIONS,
  /** May be replaced without naming the version that was read. */
  UNCONDITIONAL_UPDATE,
  /** A PUT of an object that does not exist creates it. */
  CREATE_ON_UPDATE,
  /** A deletion answers with the object rather than with a Status. */
  RETURNS_DELETED,
  /** A deletion waits for whoever runs the object, up to its grace period. */
  GRACEFUL_DELETION,
  /** A status write cannot change labels. */
  STATUS_KEEPS_LABELS
}
