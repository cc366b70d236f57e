package dev.sluice.analysis.kafka;

import static org.awaitility.Awaitility.await;

import dev.sluice.analysis.Tally;
import dev.sluice.analysis.gateway.GatewayClient;
import dev.sluice.analysis.gateway.PlayedGateway;
import dev.sluice.devkit.kafka.EmbeddedKafka;
import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.Envelope;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.Message;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.Topics;
import dev.sluice.events.UnreadableMessage;
import dev.sluice.events.VerdictReached;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real broker with our topics, and a test in the orchestrator's place. */
final class Installation implements AutoCloseable {

  static final Duration GENEROUS = Duration.ofSeconds(90);
  private static final Tally UNCOUNTED =
      new Tally() {
        @Override
        public void asked() {}

        @Override
        public void measured(AnalysisPhase phase) {}

        @Override
        public void deferred() {}

        @Override
        public void concluded(AnalysisPhase phase) {}
      };

  final EmbeddedKafka kafka;
  private final Vertx vertx = Vertx.vertx();
  private final Producer<String, byte[]> orchestrator;
  private int sent;

  Installation(EmbeddedKafka kafka) {
    this.kafka = kafka;
    kafka.createTopics(4);
    orchestrator =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  Clients clients() {
    return new Clients(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  AnalysisWorker worker(PlayedGateway gateway) {
    return AnalysisWorker.start(
        clients(), new GatewayClient(vertx, gateway.address()), UNCOUNTED, InstantSource.system());
  }

  AnalysisWorker readyWorker(PlayedGateway gateway) {
    AnalysisWorker worker = worker(gateway);
    await().atMost(GENEROUS).until(() -> worker.isReady() && !worker.partitions().isEmpty());
    return worker;
  }

  /** The next whole second. */
  static Instant soon() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
  }

  void want(AnalysisDesired desired) {
    Envelope envelope =
        new Envelope(
            "uid:" + sent++,
            URI.create("/sluice/rollout-orchestrator"),
            Instant.now(),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    send(MessageCodec.encode(Topics.ANALYSIS_DESIRED, desired, envelope));
  }

  void send(ProducerRecord<String, byte[]> record) {
    try {
      orchestrator.send(record).get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("not sent: " + record.key(), e);
    }
  }

  /** Everything that is committed on a topic, partition by partition. */
  List<ConsumerRecord<String, byte[]>> records(String topic) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = clients().reader()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private <M extends Message> List<M> messages(String topic, Class<M> kind, String run) {
    return records(topic).stream()
        .filter(record -> run.equals(record.key()) && record.value() != null)
        .map(record -> decoded(record, kind))
        .toList();
  }

  private static <M extends Message> M decoded(
      ConsumerRecord<String, byte[]> record, Class<M> kind) {
    try {
      return MessageCodec.decode(record, kind);
    } catch (UnreadableMessage e) {
      throw new AssertionError(e);
    }
  }

  List<MeasurementTaken> measurements(String run) {
    return messages(Topics.ANALYSIS_MEASUREMENTS, MeasurementTaken.class, run);
  }

  List<AnalysisProgress> progress(String run) {
    return messages(Topics.ANALYSIS_PROGRESS, AnalysisProgress.class, run);
  }

  List<VerdictReached> verdicts(String run) {
    return messages(Topics.ANALYSIS_VERDICTS, VerdictReached.class, run);
  }

  VerdictReached awaitVerdict(String run) {
    awaitSome(() -> verdicts(run));
    return verdicts(run).getFirst();
  }

  <T> List<T> awaitSome(Supplier<List<T>> list) {
    return await()
        .atMost(GENEROUS)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(list::get, found -> !found.isEmpty());
  }

  @Override
  public void close() {
    orchestrator.close(Duration.ZERO);
    kafka.close();
    vertx.close();
  }
}
