package dev.sluice.events;

import java.time.Instant;

/**
 * A registry said that a tag points at a digest. A hint, never a fact.
 *
 * @param id of the notification, unique in its source
 * @param source the webhook's name in the path
 * @param repository with registry host, for instance {@code ghcr.io/acme/checkout-service}
 * @param tag that was pushed
 * @param digest {@code sha256:...}
 * @param pushedAt as the registry says
 * @param receivedAt by the webhook intake
 * @param actor who pushed, as the registry says; may be empty
 */
public record ImagePushed(
    String id,
    String source,
    String repository,
    String tag,
    String digest,
    Instant pushedAt,
    Instant receivedAt,
    String actor)
    implements Message {

  @Override
  public String key() {
    return repository;
  }
}
