package dev.sluice.metrics;

import dev.sluice.events.PluginAnswer;
import dev.sluice.events.PluginCall;

/** Who waits for what step plugins answer. */
public interface PluginAnswers {

  /**
   * Passes an answer on. It may get lost: then the same call comes again.
   *
   * @param call that is answered
   */
  void send(PluginCall call, PluginAnswer answer);
}
