package dev.sluice.orchestrator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Docker distribution registry (v2 and v3): an envelope of events, authenticated by a static
 * header. Layers, child manifests and pulls are notified too; only a tag's manifest or index is a
 * push.
 */
@ApplicationScoped
class DistributionRegistry implements WebhookSource {

  private static final Set<String> IMAGES =
      Set.of(
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.oci.image.index.v1+json");
  private static final String DIGEST = "sha256:[0-9a-f]{64}";

  private final WebhookSettings.Source settings;

  @Inject
  DistributionRegistry(WebhookSettings settings) {
    this.settings = settings.registry();
  }

  @Override
  public String name() {
    return "registry";
  }

  @Override
  public boolean isAuthentic(byte[] body, HttpHeaders headers) {
    String header = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
    Optional<String> secret = settings.secret().filter(text -> !text.isBlank());
    if (secret.isEmpty() || header == null) {
      return false;
    }
    byte[] expected = ("Bearer " + secret.get()).getBytes(StandardCharsets.UTF_8);
    // In constant time: how far a guess is right must not show.
    return MessageDigest.isEqual(expected, header.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<ImagePushed> pushes(byte[] body, Instant now) throws MalformedNotification {
    JsonNode events = read(body).path("events");
    if (!events.isArray()) {
      throw new MalformedNotification("events: an array is required");
    }
    List<ImagePushed> pushes = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      JsonNode event = events.get(i);
      boolean tagged = !event.at("/target/tag").asText("").isEmpty();
      boolean image = IMAGES.contains(event.at("/target/mediaType").asText());
      if (event.path("action").asText().equals("push") && tagged && image) {
        pushes.add(push(event, "events[" + i + "]", now));
      }
    }
    return pushes;
  }

  private static JsonNode read(byte[] body) throws MalformedNotification {
    try {
      JsonNode tree = MessageCodec.mapper().readTree(body);
      return tree == null ? MessageCodec.mapper().missingNode() : tree;
    } catch (JsonProcessingException e) {
      throw new MalformedNotification("no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new MalformedNotification("not readable: " + e.getMessage());
    }
  }

  private ImagePushed push(JsonNode event, String at, Instant now) throws MalformedNotification {
    String digest = required(event, at, "/target/digest");
    if (!digest.matches(DIGEST)) {
      throw new MalformedNotification(at + ".target.digest: not a SHA-256 digest: " + digest);
    }
    return new ImagePushed(
        name() + ":" + required(event, at, "/id"),
        name(),
        host(event, at) + "/" + required(event, at, "/target/repository"),
        required(event, at, "/target/tag"),
        digest,
        timestamp(required(event, at, "/timestamp"), at),
        now,
        event.at("/actor/name").asText(""));
  }

  private String host(JsonNode event, String at) throws MalformedNotification {
    if (settings.registryHost().isPresent()) {
      return settings.registryHost().get();
    }
    String host = event.at("/request/host").asText("");
    if (host.isEmpty()) {
      String url = event.at("/target/url").asText("");
      try {
        host = url.isEmpty() ? "" : URI.create(url).getAuthority();
      } catch (IllegalArgumentException e) {
        throw new MalformedNotification(at + ".target.url: no URL: " + url);
      }
    }
    if (host == null || host.isEmpty()) {
      throw new MalformedNotification(
          at
              + ": neither request.host nor target.url names the registry;"
              + " sluice.webhooks.registry.registry-host does where they cannot");
    }
    return host;
  }

  private static Instant timestamp(String text, String at) throws MalformedNotification {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new MalformedNotification(at + ".timestamp: not RFC 3339: " + text);
    }
  }

  private static String required(JsonNode event, String at, String pointer)
      throws MalformedNotification {
    String text = event.at(pointer).asText("");
    if (text.isEmpty()) {
      throw new MalformedNotification(at + pointer.replace('/', '.') + " is missing");
    }
    return text;
  }
}
