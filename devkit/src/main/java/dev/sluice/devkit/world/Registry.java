package dev.sluice.devkit.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Tells the orchestrator of image pushes, as the Docker distribution registry does. */
public final class Registry {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String NOTIFICATION =
      """
      {"events": [{
        "id": "%s",
        "timestamp": "%s",
        "action": "push",
        "target": {
          "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
          "digest": "%s",
          "repository": "%s",
          "url": "https://%s/v2/%s/manifests/%s",
          "tag": "%s"
        },
        "request": {"id": "%s", "addr": "127.0.0.1", "host": "%s", "method": "PUT"},
        "actor": {"name": "ci"},
        "source": {"addr": "registry"}
      }]}
      """;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private final String orchestrator;
  private final String secret;

  Registry(String orchestrator, String secret) {
    this.orchestrator = orchestrator;
    this.secret = secret;
  }

  /**
   * Notifies of a push.
   *
   * @param host of the registry, for instance {@code ghcr.io}
   * @param repository without the host
   * @param digest {@code sha256:...}
   * @throws IllegalStateException where the webhook does not take it
   */
  public void push(String host, String repository, String tag, String digest) {
    String body =
        NOTIFICATION.formatted(
            UUID.randomUUID(),
            Instant.now(),
            digest,
            repository,
            host,
            repository,
            digest,
            tag,
            UUID.randomUUID(),
            host);
    var request =
        HttpRequest.newBuilder(URI.create(orchestrator + "/webhooks/registry"))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + secret)
            .header("Content-Type", "application/vnd.docker.distribution.events.v2+json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            "the webhook answered " + answer.statusCode() + ": " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the webhook does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
