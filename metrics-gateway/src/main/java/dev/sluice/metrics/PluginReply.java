package dev.sluice.metrics;

import dev.sluice.events.PluginPhase;
import java.time.Duration;

/**
 * What came back from a step plugin, or why nothing did.
 *
 * @param phase how far it is
 * @param message for people
 * @param requeueAfter when it wants to be asked again; null if it does not say
 * @param status a JSON value; null if it has none
 */
public record PluginReply(PluginPhase phase, String message, Duration requeueAfter, String status) {

  /** One that says nothing about the step. */
  public static PluginReply error(String message) {
    return new PluginReply(PluginPhase.ERROR, message, null, null);
  }
}
