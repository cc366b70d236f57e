package dev.sluice.orchestrator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.MessageCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each folder under {@code webhooks/registry/} is a claim: a notification as a registry sends it
 * ({@code notification.json}), and either the pushes in it ({@code pushes.json}) or the sentence
 * that refuses it ({@code refusal.txt}).
 */
class DistributionWebhookTest {

  private static final Path FOLDER = Path.of("src/test/resources/webhooks/registry");
  private static final Instant RECEIVED = Instant.parse("2026-11-25T20:00:00Z");

  private final DistributionWebhook webhook = new DistributionWebhook();

  static Stream<String> notifications() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.map(p -> p.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("notifications")
  void isReadAsItsFolderSays(String name) throws IOException {
    Path folder = FOLDER.resolve(name);
    Path pushes = folder.resolve("pushes.json");
    Path refusal = folder.resolve("refusal.txt");
    assertThat(Stream.of(pushes, refusal).filter(Files::exists)).hasSize(1);
    byte[] body = Files.readAllBytes(folder.resolve("notification.json"));
    try {
      List<ImagePushed> parsed = webhook.parse(body, Optional.empty(), RECEIVED);
      ObjectMapper mapper = MessageCodec.mapper();
      assertThat(pushes).as("taken: %s", parsed).exists();
      JsonNode taken = mapper.valueToTree(parsed);
      assertThat(taken).isEqualTo(mapper.readTree(pushes.toFile()));
    } catch (MalformedNotification e) {
      assertThat(refusal).as("refused: %s", e.getMessage()).exists();
      assertThat(e).hasMessage(Files.readString(refusal).strip());
    }
  }

  @Test
  void theConfiguredHostIsTakenInsteadOfTheNotificationsOwn() throws Exception {
    byte[] body = Files.readAllBytes(FOLDER.resolve("push-of-a-tag/notification.json"));
    assertThat(webhook.parse(body, Optional.of("ghcr.io"), RECEIVED))
        .extracting(ImagePushed::repository)
        .containsExactly("ghcr.io/acme/checkout-service");
  }

  @Test
  void whoKnowsTheSecretIsLetIn() {
    assertThat(isAuthentic("Bearer s3cret")).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "s3cret",
        "Bearer",
        "Bearer ",
        "Bearer s3cre",
        "Bearer s3crets",
        "Bearer S3cret",
        "Basic s3cret",
        " Bearer s3cret",
        "Bearer s3cret ",
        "Bearer s3cret,Bearer s3cret",
        "Bearer ß"
      })
  void nobodyElseIs(String authorization) {
    assertThat(isAuthentic(authorization)).isFalse();
  }

  private boolean isAuthentic(String authorization) {
    return webhook.isAuthentic(
        "no JSON at all".getBytes(UTF_8),
        name -> name.equals("Authorization") ? authorization : null,
        "s3cret");
  }
}
