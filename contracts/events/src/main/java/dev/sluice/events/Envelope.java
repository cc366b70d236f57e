package dev.sluice.events;

import java.net.URI;
import java.time.Instant;

/**
 * What a message carries besides its data: the CloudEvents attributes that its record does not
 * know.
 *
 * @param id unique for its source: the same id again is the same message
 * @param source who says it, for instance {@code /sluice/traffic-router}
 * @param time when it was decided or observed
 * @param traceparent the W3C trace context, or null
 */
public record Envelope(String id, URI source, Instant time, @Nullable String traceparent) {

  /** Checks that id, source and time are there. */
  public Envelope {
    if (id == null || id.isBlank()) {
      throw new IllegalArgumentException("a message has an id");
    }
    if (source == null || source.toString().isEmpty()) {
      throw new IllegalArgumentException("message " + id + " has a source");
    }
    if (time == null) {
      throw new IllegalArgumentException("message " + id + " has a time");
    }
  }
}
