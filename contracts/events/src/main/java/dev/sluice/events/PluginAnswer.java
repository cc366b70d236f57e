package dev.sluice.events;

import java.time.Duration;
import java.time.Instant;

/**
 * What a step plugin answered, or that it could not be asked. The orchestrator accepts the first
 * answer to a call that it waits for, and no other.
 *
 * @param uid the Rollout
 * @param epoch of the call
 * @param step of the call
 * @param operation of the call
 * @param execution of the call
 * @param phase how far it is
 * @param message for people
 * @param requeueAfter when it wants to be asked again; null if it does not say
 * @param status a JSON value that it gets back with the next call; null if it has none
 * @param at when the answer was there
 */
public record PluginAnswer(
    String uid,
    long epoch,
    int step,
    PluginOperation operation,
    int execution,
    PluginPhase phase,
    String message,
    @Nullable Duration requeueAfter,
    @Nullable String status,
    Instant at)
    implements Message {

  /** Most characters of {@link #status}: it stands in the Rollout's status. */
  public static final int LARGEST_STATUS = 16_384;

  /** Checks the size of the status. */
  public PluginAnswer {
    if (status != null && status.length() > LARGEST_STATUS) {
      throw new IllegalArgumentException(
          "a status of %d characters: %d are the most".formatted(status.length(), LARGEST_STATUS));
    }
  }

  /** The {@link PluginCall#id} of the call that it answers. */
  public String callId() {
    return PluginCall.id(uid, epoch, step, operation, execution);
  }

  @Override
  public String key() {
    return uid;
  }
}
