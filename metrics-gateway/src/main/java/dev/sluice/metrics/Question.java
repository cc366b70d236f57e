package dev.sluice.metrics;

import java.net.URI;
import java.time.Instant;

/**
 * What is asked of a provider. Equal questions have one answer, whoever asks and whenever.
 *
 * @param endpoint the list's entry; decides about limits
 * @param target where it is sent, without the provider's own path
 * @param query in the provider's language
 * @param time that it is asked for
 */
public record Question(Endpoint endpoint, URI target, String query, Instant time) {}
