package dev.sluice.orchestrator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.events.ImagePushed;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.Topics;
import dev.sluice.orchestrator.EventLog;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.world.Inputs;
import dev.sluice.orchestrator.world.Neighbours;
import dev.sluice.orchestrator.world.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class WebhookIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SECRET = "Bearer " + Neighbours.WEBHOOK_SECRET;
  private static final String MEGABYTE = " ".repeat(1_048_576);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  @Inject Intake intake;
  @Inject EventLog log;

  @TestHTTPResource("/webhooks/registry")
  URI webhook;

  private final Identity app = Inputs.newRollout();
  private final String repository = "registry.example/" + app.name();

  @AfterAll
  static void disconnect() {
    CLIENT.close();
  }

  @Test
  void aPushIsOnItsTopicWhenItIsAnswered() throws Exception {
    HttpResponse<String> answer = post(SECRET, notification("n-1", 1, "2026-11-25T12:00:00Z"));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("1 taken\n");
    try (TopicReader pushes = pushes()) {
      ConsumerRecord<String, byte[]> record =
          await()
              .atMost(LIMIT)
              .until(() -> pushes.records(repository), r -> !r.isEmpty())
              .getFirst();
      ImagePushed push = MessageCodec.decode(record, ImagePushed.class);
      assertThat(push)
          .isEqualTo(
              new ImagePushed(
                  notificationId("n-1"),
                  "registry",
                  repository,
                  "release",
                  digest(1),
                  Instant.parse("2026-11-25T12:00:00Z"),
                  push.receivedAt(),
                  "ci"));
      assertThat(MessageCodec.envelope(record).id()).isEqualTo(push.id());
      assertThat(MessageCodec.envelope(record).time()).isEqualTo(push.receivedAt());
      assertThat(MessageCodec.envelope(record).source()).hasToString("/sluice/webhooks");
      assertThat(header(record, "ce_type")).isEqualTo(MessageCodec.type(push));
      assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
      assertThat(header(record, "ce_subject")).isEqualTo(repository);
      assertThat(header(record, "content-type")).isEqualTo("application/json");
    }
  }

  @Test
  void whatIsNoPushOfATagIsTakenToo() throws Exception {
    String pull = notification("n-1", 1, "2026-11-25T12:00:00Z").replace("\"push\"", "\"pull\"");
    HttpResponse<String> answer = post(SECRET, pull);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("no push of a tagged image\n");
  }

  @Test
  void whoDoesNotKnowTheSecretIsRefusedWhateverTheBody() throws Exception {
    for (String body : List.of(notification("n-1", 1, "2026-11-25T12:00:00Z"), "{", "")) {
      assertThat(post("Bearer guess", body).statusCode()).isEqualTo(401);
      assertThat(send(request(webhook).POST(BodyPublishers.ofString(body))).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void aSourceThatNobodyConfiguredIsNotThere() throws Exception {
    HttpRequest.Builder quay =
        request(webhook.resolve("/webhooks/quay"))
            .header("Authorization", SECRET)
            .POST(BodyPublishers.ofString("{}"));
    assertThat(send(quay).statusCode()).isEqualTo(404);
  }

  @Test
  void onlyPostIsAnswered() throws Exception {
    assertThat(send(request(webhook).header("Authorization", SECRET).GET()).statusCode())
        .isEqualTo(405);
  }

  @Test
  void aMalformedNotificationIsRefusedWithASentence() throws Exception {
    String wrong = notification("n-1", 1, "yesterday");
    HttpResponse<String> answer = post(SECRET, wrong);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("events[0].timestamp: no time with an offset\n");
    assertThat(post(SECRET, "").statusCode()).isEqualTo(400);
  }

  @Test
  void aBodyWithoutAnythingIsNoNotification() throws Exception {
    HttpResponse<String> answer =
        send(request(webhook).header("Authorization", SECRET).POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("events: expected a list\n");
  }

  @Test
  void aBodyOfExactlyTheCapIsRead() throws Exception {
    String push = notification("n-1", 1, "2026-11-25T12:00:00Z");
    assertThat(post(SECRET, push + MEGABYTE.substring(push.length())).statusCode()).isEqualTo(202);
  }

  @Test
  void aLongerBodyIsRefusedBeforeItIsRead() throws Exception {
    String push = notification("n-1", 1, "2026-11-25T12:00:00Z");
    assertThat(RawPost.withLength(webhook, SECRET, push + MEGABYTE)).isEqualTo(413);
  }

  @Test
  void aLongerBodyIsRefusedAlsoWhereItDoesNotSayHowLongItIs() throws Exception {
    String push = notification("n-1", 1, "2026-11-25T12:00:00Z");
    assertThat(RawPost.inChunks(webhook, SECRET, push)).isEqualTo(202);
    assertThat(RawPost.inChunks(webhook, SECRET, push + MEGABYTE)).isEqualTo(413);
  }

  @Test
  void withoutKafkaTheRegistryTriesAgainAndThenItGoesThrough() throws Exception {
    String push = notification("n-1", 1, "2026-11-25T12:00:00Z");
    Neighbours.kafka().kill();
    HttpResponse<String> answer = post(SECRET, push);
    Neighbours.kafka().restart();
    assertThat(answer.statusCode()).isEqualTo(503);
    await().atMost(LIMIT).until(() -> post(SECRET, push).statusCode() == 202);
    try (TopicReader pushes = pushes()) {
      await().atMost(LIMIT).until(() -> !pushes.records(repository).isEmpty());
      assertThat(pushes.messages(repository))
          .extracting(message -> ((ImagePushed) message).id())
          .containsOnly(notificationId("n-1"));
    }
  }

  @Test
  void aNotificationThatComesTwiceIsDecidedOnce() throws Exception {
    adopt();
    String push = notification("n-1", 1, "2026-11-25T12:00:00Z");
    post(SECRET, push);
    post(SECRET, push);
    post(SECRET, notification("n-2", 1, "2026-11-25T12:00:01Z"));
    post(SECRET, notification("n-0", 0, "2026-11-25T11:00:00Z"));
    // The pushes of one repository keep their order: the last answer is behind all others.
    await().atMost(LIMIT).until(() -> answers().size() >= 3);
    String wanted = repository + "@" + digest(1);
    assertThat(answers())
        .containsExactly(
            new RolloutFact.ImagePushAccepted(notificationId("n-1"), wanted, repository + ":v1"),
            new RolloutFact.ImagePushIgnored(notificationId("n-2"), wanted, "it is already wanted"),
            new RolloutFact.ImagePushIgnored(
                notificationId("n-0"),
                repository + "@" + digest(0),
                "it was pushed before the wanted one"));
  }

  private List<RolloutFact> answers() throws Exception {
    return log.after(app.uid(), 0, 10_000).toCompletableFuture().get(60, TimeUnit.SECONDS).stream()
        .map(event -> event.fact())
        .filter(fact ->
            fact instanceof RolloutFact.ImagePushAccepted
                || fact instanceof RolloutFact.ImagePushIgnored)
        .toList();
  }

  private void adopt() throws Exception {
    intake
        .take(Inputs.observed(app, Inputs.specification(app, "v1")))
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private HttpResponse<String> post(String authorization, String body) throws Exception {
    return send(
        request(webhook)
            .header("Authorization", authorization)
            .header("Content-Type", "application/vnd.docker.distribution.events.v2+json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(LIMIT);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private String notification(String id, int image, String pushedAt) {
    return """
    {"events": [{"id": "%s-%s", "timestamp": "%s", "action": "push",
      "target": {"mediaType": "application/vnd.oci.image.index.v1+json", "digest": "%s",
        "repository": "%s", "tag": "release"},
      "request": {"host": "registry.example"}, "actor": {"name": "ci"}}]}
    """
        .formatted(app.uid(), id, pushedAt, digest(image), app.name());
  }

  private String notificationId(String id) {
    return "registry:" + app.uid() + "-" + id;
  }

  private static String digest(int image) {
    return "sha256:" + "%064x".formatted(image);
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static TopicReader pushes() {
    return new TopicReader(Neighbours.kafka().bootstrapServers(), Topics.REGISTRY_PUSHES);
  }
}
