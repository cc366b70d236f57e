package dev.sluice.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.ImagePushed;
import dev.sluice.orchestrator.http.WebhookSource.MalformedNotification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DistributionRegistryTest {

  private static final Instant NOW = Instant.parse("2026-11-20T14:44:30Z");

  private record Source(Optional<String> secret, Optional<String> registryHost)
      implements WebhookSettings.Source {}

  private static DistributionRegistry registry(String host) {
    Source source = new Source(Optional.of("s3cret"), Optional.ofNullable(host));
    return new DistributionRegistry(() -> source);
  }

  private static byte[] recorded() throws IOException {
    return Files.readAllBytes(Path.of("src/test/resources/webhooks/registry/notification.json"));
  }

  @Test
  void ofANotificationOnlyTheTaggedImageIsAPush() throws Exception {
    assertThat(registry(null).pushes(recorded(), NOW))
        .isEqualTo(
            List.of(
                new ImagePushed(
                    "registry:index",
                    "registry",
                    "ghcr.io/acme/checkout-service",
                    "release",
                    "sha256:" + "3".repeat(64),
                    Instant.parse("2026-11-20T14:44:29Z"),
                    NOW,
                    "ci")));
  }

  @Test
  void theConfiguredHostReplacesTheOneInTheNotification() throws Exception {
    assertThat(registry("registry.acme.example").pushes(recorded(), NOW))
        .extracting(ImagePushed::repository)
        .containsExactly("registry.acme.example/acme/checkout-service");
  }

  @Test
  void whatIsMalformedIsNamedWithItsPlace() throws IOException {
    String good = new String(recorded(), StandardCharsets.UTF_8);
    assertMalformed("{", "no JSON");
    assertMalformed("{}", "events: an array is required");
    assertMalformed(good.replace("\"id\": \"index\",", ""), "events[3].id is missing");
    assertMalformed(
        good.replace("2026-11-20T15:44:29+01:00", "yesterday"),
        "events[3].timestamp: not RFC 3339: yesterday");
    assertMalformed(
        good.replace("sha256:" + "3".repeat(64), "latest"),
        "events[3].target.digest: not a SHA-256 digest: latest");
  }

  private static void assertMalformed(String body, String message) {
    assertThatThrownBy(() -> registry(null).pushes(body.getBytes(StandardCharsets.UTF_8), NOW))
        .isInstanceOf(MalformedNotification.class)
        .hasMessageContaining(message);
  }
}
