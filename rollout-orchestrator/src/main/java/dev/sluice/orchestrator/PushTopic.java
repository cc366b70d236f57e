package dev.sluice.orchestrator;

import dev.sluice.events.ImagePushed;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where image pushes are handed on, so that they are safe before a registry is answered. */
public interface PushTopic {

  /**
   * Completes when all brokers that must have them have them; completes with an error within
   * seconds when that is not known.
   */
  CompletionStage<Void> publish(List<ImagePushed> pushes);
}
