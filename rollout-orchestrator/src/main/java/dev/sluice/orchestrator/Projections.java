package dev.sluice.orchestrator;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What was last written into the status of a Rollout object: the base of the three-way difference
 * that finds commands of others. Kept beside the state, and no part of it.
 */
public interface Projections {

  /** The last one; empty before the first, and where the uid was never seen. */
  CompletionStage<Optional<Projected>> load(String uid);

  /**
   * Replaces the last one. Does nothing where the uid was never seen.
   *
   * @param uid of the Rollout
   * @param resourceVersion of the object after the write
   * @param json what was written; any valid JSON, and no secrets
   */
  CompletionStage<Void> save(String uid, String resourceVersion, String json);

  /**
   * What was written.
   *
   * @param resourceVersion of the object after the write
   * @param json as it was saved
   */
  record Projected(String resourceVersion, String json) {}
}
