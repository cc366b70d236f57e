package dev.sluice.metrics.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.devkit.kafka.EmbeddedKafka;
import dev.sluice.events.Envelope;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.PluginAnswer;
import dev.sluice.events.PluginCall;
import dev.sluice.events.PluginOperation;
import dev.sluice.events.PluginPhase;
import dev.sluice.events.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Calls come over a real broker, and go to a real HTTP server. */
@QuarkusTest
@QuarkusTestResource(value = PluginWorld.class, restrictToAnnotatedClass = true)
class StepPluginIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");
  private static int executions;

  EmbeddedKafka kafka;
  PlayedPlugin plugin;

  @Test
  void aCallReachesItsPluginAndTheAnswerComesBack() throws Exception {
    PluginCall call = call("http://smoke.testing:8080/good", "{\"job\":16}", LATER);
    send(call);
    PluginAnswer answer = answer(call);
    assertThat(answer.phase()).isEqualTo(PluginPhase.RUNNING);
    assertThat(answer.message()).isEqualTo("half");
    assertThat(answer.requeueAfter()).isEqualTo(Duration.ofSeconds(20));
    assertThat(answer.status()).isEqualTo("{\"job\":17}");
    PlayedPlugin.Seen seen =
        plugin.seen.stream().filter(s -> s.key().equals(call.id())).findFirst().orElseThrow();
    JsonNode body = MessageCodec.mapper().readTree(seen.body());
    assertThat(seen.path()).isEqualTo("/good");
    assertThat(body)
        .isEqualTo(
            MessageCodec.mapper()
                .readTree(
                    """
                    {"id": "%s", "operation": "Run", "execution": %d, "plugin": "smoke", "step": 3,
                     "rollout": {"namespace": "shop", "name": "app", "uid": "u-1", "revision": 2,
                                 "podHash": "v2", "stablePodHash": "v1"},
                     "config": {"suite": "checkout"}, "status": {"job": 16}}
                    """
                        .formatted(call.id(), call.execution())));
  }

  @Test
  void whatIsNotListedIsNeverCalled() throws Exception {
    PluginCall call = call(plugin.url() + "/good", null, LATER);
    send(call);
    assertError(call, "is not an allowed endpoint: add --allow-endpoint " + plugin.url());
    assertThat(plugin.seen).noneMatch(seen -> seen.key().equals(call.id()));
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    PluginCall call = call("http://smoke.testing:8080/moved", null, LATER);
    send(call);
    assertError(call, "status 302");
    assertThat(plugin.seen.stream().filter(s -> s.key().equals(call.id()))).hasSize(1);
  }

  @Test
  void anAnswerIsBoundedInSizeAndTime() throws Exception {
    PluginCall huge = call("http://smoke.testing:8080/huge", null, LATER);
    PluginCall never = call("http://smoke.testing:8080/never", null, LATER);
    PluginCall closed = call("http://closed.testing:8080", null, LATER);
    send(huge);
    send(never);
    send(closed);
    assertError(huge, "larger than");
    assertError(never, "no answer within 2000 ms");
    assertError(closed, "refused");
  }

  @Test
  void whatNobodyWaitsForIsNotCalledAndWhatCannotBeReadIsPutAside() throws Exception {
    PluginCall old = call("http://smoke.testing:8080/good", null, Instant.EPOCH);
    send(old);
    send(new ProducerRecord<>(Topics.PLUGIN_CALLS, "u-1", "nonsense".getBytes()));
    PluginCall next = call("http://smoke.testing:8080/good", null, LATER);
    send(next);
    assertThat(answer(next).phase()).isEqualTo(PluginPhase.RUNNING);
    assertThat(plugin.seen).noneMatch(seen -> seen.key().equals(old.id()));
    await()
        .atMost(PATIENCE)
        .until(() -> records(Topics.deadLetter(Topics.PLUGIN_CALLS)).size() == 1);
  }

  private void assertError(PluginCall call, String message) throws Exception {
    PluginAnswer answer = answer(call);
    assertThat(answer.phase()).isEqualTo(PluginPhase.ERROR);
    assertThat(answer.message()).contains(message);
    assertThat(answer.status()).isNull();
  }

  private static PluginCall call(String url, String status, Instant until) {
    return new PluginCall(
        "u-1",
        "shop",
        "app",
        2,
        3,
        PluginOperation.RUN,
        ++executions,
        "smoke",
        url,
        "{\"suite\":\"checkout\"}",
        status,
        2,
        "v2",
        "v1",
        until);
  }

  private void send(PluginCall call) throws Exception {
    send(
        MessageCodec.encode(
            Topics.PLUGIN_CALLS,
            call,
            new Envelope(call.id(), URI.create("/sluice/test"), Instant.now(), null)));
  }

  private void send(ProducerRecord<String, byte[]> record) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get(60, TimeUnit.SECONDS);
    }
  }

  private PluginAnswer answer(PluginCall call) {
    List<PluginAnswer> found = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(() -> {
          for (ConsumerRecord<String, byte[]> record : records(Topics.PLUGIN_ANSWERS)) {
            PluginAnswer answer = MessageCodec.decode(record, PluginAnswer.class);
            if (answer.callId().equals(call.id())) {
              found.add(answer);
            }
          }
          return !found.isEmpty();
        });
    return found.getFirst();
  }

  private List<ConsumerRecord<String, byte[]>> records(String topic) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          Stream.of(0, 1).map(number -> new TopicPartition(topic, number)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long all = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (records.size() < all) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }
}
