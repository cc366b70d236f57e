package dev.sluice.orchestrator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The registry of the Docker distribution project, v2 and v3, and those that copy its
 * notifications. It cannot sign, but sends a header that is configured for the endpoint: {@code
 * Authorization: Bearer <secret>}.
 *
 * <p>It announces every blob and every manifest of a push, and pulls too: only a manifest or index
 * under a tag counts.
 */
@ApplicationScoped
class DistributionWebhook implements WebhookSource {

  private static final String NAME = "registry";
  private static final Set<String> IMAGES =
      Set.of(
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.oci.image.index.v1+json");

  /** It becomes part of a key in the store, which takes neither every character nor any length. */
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private static final Pattern ACTOR = Pattern.compile("[^\\p{C}]{1,255}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
  private static final Pattern REPOSITORY = Pattern.compile("[a-z0-9._/-]{1,255}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isAuthentic(byte[] body, UnaryOperator<String> header, String secret) {
    String given = header.apply("Authorization");
    return MessageDigest.isEqual(
        ("Bearer " + secret).getBytes(UTF_8), (given == null ? "" : given).getBytes(UTF_8));
  }

  @Override
  public List<ImagePushed> parse(byte[] body, Optional<String> registryHost, Instant receivedAt)
      throws MalformedNotification {
    JsonNode events = json(body).path("events");
    if (!events.isArray()) {
      throw new MalformedNotification("events", "expected a list");
    }
    List<ImagePushed> pushes = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      JsonNode event = events.get(i);
      if (isTaggedImage(event)) {
        pushes.add(push(event, "events[" + i + "]", registryHost, receivedAt));
      }
    }
    return pushes;
  }

  private static JsonNode json(byte[] body) throws MalformedNotification {
    try {
      return MessageCodec.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new MalformedNotification("", "no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new MalformedNotification("", "no JSON: " + e.getMessage());
    }
  }

  private static boolean isTaggedImage(JsonNode event) {
    JsonNode target = event.path("target");
    return event.path("action").asText().equals("push")
        && !target.path("tag").asText("").isEmpty()
        && IMAGES.contains(target.path("mediaType").asText());
  }

  private static ImagePushed push(
      JsonNode event, String where, Optional<String> registryHost, Instant receivedAt)
      throws MalformedNotification {
    JsonNode target = event.path("target");
    String host = registryHost.isPresent() ? registryHost.get() : host(event, where);
    return new ImagePushed(
        NAME + ":" + matching(event, "id", ID, where),
        NAME,
        host + "/" + matching(target, "repository", REPOSITORY, where + ".target"),
        matching(target, "tag", TAG, where + ".target"),
        matching(target, "digest", DIGEST, where + ".target"),
        time(event, where),
        receivedAt,
        actor(event));
  }

  // Only told to people: a name that cannot be shown is no reason to miss a push.
  private static String actor(JsonNode event) {
    String name = event.path("actor").path("name").asText("");
    return ACTOR.matcher(name).matches() ? name : "";
  }

  private static String host(JsonNode event, String where) throws MalformedNotification {
    String host = event.path("request").path("host").asText("");
    if (host.isEmpty()) {
      host = authority(event.path("target").path("url").asText(""));
    }
    if (!HOST.matcher(host).matches()) {
      throw new MalformedNotification(
          where + ".request.host", "no host name, and neither in target.url: set registry-host");
    }
    return host;
  }

  private static String authority(String url) {
    try {
      String authority = URI.create(url).getAuthority();
      return authority == null ? "" : authority;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static Instant time(JsonNode event, String where) throws MalformedNotification {
    String text = text(event, "timestamp", where);
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new MalformedNotification(where + ".timestamp", "no time with an offset");
    }
  }

  private static String text(JsonNode node, String field, String where)
      throws MalformedNotification {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new MalformedNotification(where + "." + field, "expected a text");
    }
    return value.asText();
  }

  private static String matching(JsonNode node, String field, Pattern pattern, String where)
      throws MalformedNotification {
    String text = text(node, field, where);
    if (!pattern.matcher(text).matches()) {
      throw new MalformedNotification(where + "." + field, "does not match " + pattern);
    }
    return text;
  }
}
