package dev.sluice.orchestrator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.ImagePushed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.server.jaxrs.HttpHeadersImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookResourceTest {

  private static final Path PUSH =
      Path.of("src/test/resources/webhooks/registry/push-of-a-tag/notification.json");

  private final List<ImagePushed> published = new ArrayList<>();
  private CompletionStage<Void> brokers = CompletableFuture.completedStage(null);

  @Test
  void aPushIsTakenWhenItIsOnItsTopic() throws IOException {
    CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
    brokers = acknowledgement;
    CompletableFuture<Response> answer =
        receive("registry", Optional.of("s3cret"), "Bearer s3cret", push()).toCompletableFuture();
    assertThat(published).hasSize(1);
    assertThat(answer).isNotDone();
    acknowledgement.complete(null);
    assertThat(answer).isCompletedWithValueMatching(r -> r.getStatus() == 202);
  }

  @Test
  void whereThatIsNotKnownTheRegistryIsToTryAgain() throws IOException {
    brokers = CompletableFuture.failedStage(new IOException("no broker"));
    assertThat(status("registry", Optional.of("s3cret"), "Bearer s3cret", push())).isEqualTo(503);
  }

  @Test
  void withoutASecretNobodyIsLetIn() throws IOException {
    assertThat(status("registry", Optional.empty(), "Bearer ", push())).isEqualTo(404);
    assertThat(status("registry", Optional.of(""), "Bearer ", push())).isEqualTo(404);
    assertThat(status("registry", Optional.of(" "), "Bearer  ", push())).isEqualTo(404);
    assertThat(published).isEmpty();
  }

  @Test
  void aSourceThatIsConfiguredAndThatNobodyWroteIsClosed() throws IOException {
    assertThat(status("quay", Optional.of("s3cret"), "Bearer s3cret", push())).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"events\": 1}", "\0"})
  void whatIsWrongWithABodyIsToldOnlyToWhoKnowsTheSecret(String body) {
    byte[] malformed = body.getBytes(UTF_8);
    assertThat(status("registry", Optional.of("s3cret"), "Bearer guess", malformed)).isEqualTo(401);
    assertThat(status("registry", Optional.of("s3cret"), "Bearer s3cret", malformed))
        .isEqualTo(400);
  }

  private int status(String name, Optional<String> secret, String authorization, byte[] body) {
    return receive(name, secret, authorization, body).toCompletableFuture().join().getStatus();
  }

  private CompletionStage<Response> receive(
      String name, Optional<String> secret, String authorization, byte[] body) {
    WebhookResource resource =
        new WebhookResource(
            List.of(new DistributionWebhook()),
            () -> Map.of(name, new Configured(secret, Optional.empty())),
            pushes -> {
              published.addAll(pushes);
              return brokers;
            },
            new SimpleMeterRegistry());
    return resource.receive(
        name, new HttpHeadersImpl(Map.of("Authorization", authorization).entrySet()), body);
  }

  private static byte[] push() throws IOException {
    return Files.readAllBytes(PUSH);
  }

  private record Configured(Optional<String> secret, Optional<String> registryHost)
      implements WebhookSettings.Source {}
}
