package dev.sluice.orchestrator;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Finds the Rollouts that an image push is about. */
public interface PushTargets {

  /**
   * Those whose rule names exactly this repository and tag.
   *
   * @param repository with registry host
   * @param tag that was pushed
   */
  CompletionStage<List<Identity>> takers(String repository, String tag);
}
