package dev.sluice.metrics;

import dev.sluice.events.PluginCall;
import java.net.URI;
import java.util.concurrent.CompletionStage;

/** The way to step plugins. */
public interface StepPlugin {

  /**
   * Calls one once. Never fails: what goes wrong is a {@link PluginReply} too.
   *
   * @param target where it really is
   */
  CompletionStage<PluginReply> call(Endpoint endpoint, URI target, PluginCall call);
}
