package dev.sluice.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.events.Envelope;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.RolloutCommand;
import dev.sluice.events.Topics;
import dev.sluice.orchestrator.Intake.Taken;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On Kafka's own consumer without a broker: what goes to the core when, and what is committed. */
class InletTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final TopicPartition COMMANDS = new TopicPartition(Topics.ROLLOUT_COMMANDS, 0);

  private final MockConsumer<String, byte[]> consumer = new TimelessConsumer();
  private final List<Job> jobs = new CopyOnWriteArrayList<>();
  private final Inlet inlet = new Inlet(consumer, delivery());
  private final Thread thread = new Thread(inlet::run);
  private long next;

  private record Job(String id, CompletableFuture<Taken> result) {}

  @BeforeEach
  void read() {
    thread.start();
    await().atMost(LIMIT).until(() -> !consumer.subscription().isEmpty());
    consumer.updateBeginningOffsets(Map.of(COMMANDS, 0L));
    consumer.schedulePollTask(() -> consumer.rebalance(List.of(COMMANDS)));
    await().atMost(LIMIT).until(() -> inlet.partitions() == 1);
  }

  @AfterEach
  void stop() throws InterruptedException {
    inlet.stop();
    thread.join();
  }

  @Test
  void recordsOfOneKeyKeepTheirOrderWhileOtherKeysRunAhead() {
    give("a", "a-1");
    give("a", "a-2");
    give("b", "b-1");
    awaitJobs("a-1", "b-1");
    job("b-1").complete(Taken.DECIDED);
    job("a-1").complete(Taken.DECIDED);
    awaitJobs("a-1", "b-1", "a-2");
  }

  @Test
  void aRecordIsAcknowledgedOnlyWithAllBeforeIt() {
    give("a", "a-1");
    give("b", "b-1");
    awaitJobs("a-1", "b-1");
    job("b-1").complete(Taken.DECIDED);
    // A third one shows that there was a turn of the loop in between.
    give("c", "c-1");
    awaitJobs("a-1", "b-1", "c-1");
    assertThat(committed()).isLessThanOrEqualTo(0);
    job("a-1").complete(Taken.DECIDED);
    await().atMost(LIMIT).until(() -> committed() == 2);
    job("c-1").complete(Taken.DECIDED);
    await().atMost(LIMIT).until(() -> committed() == 3);
  }

  @Test
  void aRecordThatFailsIsGivenAgainAndItsKeyWaits() {
    give("a", "a-1");
    give("a", "a-2");
    awaitJobs("a-1");
    job("a-1").completeExceptionally(new IOException("no database"));
    awaitJobs("a-1", "a-1");
    assertThat(committed()).isLessThanOrEqualTo(0);
    jobs.getLast().result().complete(Taken.DECIDED);
    awaitJobs("a-1", "a-1", "a-2");
    await().atMost(LIMIT).until(() -> committed() == 1);
  }

  @Test
  void aPartitionThatGoesToAnotherReaderTakesItsOpenRecordsAlong() {
    give("a", "a-1");
    give("b", "b-1");
    awaitJobs("a-1", "b-1");
    job("b-1").complete(Taken.DECIDED);
    consumer.schedulePollTask(() -> consumer.rebalance(List.of()));
    await().atMost(LIMIT).until(() -> inlet.partitions() == 0);
    job("a-1").completeExceptionally(new IOException("no database"));
    inlet.stop();
    await().atMost(LIMIT).until(consumer::closed);
    assertThat(jobs).hasSize(2);
  }

  private void give(String uid, String id) {
    RolloutCommand command =
        new RolloutCommand(id, uid, RolloutCommand.Action.ABORT, "alice", Instant.EPOCH);
    ProducerRecord<String, byte[]> sent =
        MessageCodec.encode(
            Topics.ROLLOUT_COMMANDS,
            command,
            new Envelope(id, URI.create("/sluice/test"), Instant.EPOCH, null));
    long offset = next++;
    consumer.schedulePollTask(() ->
        consumer.addRecord(
            new ConsumerRecord<>(
                Topics.ROLLOUT_COMMANDS,
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                uid,
                sent.value(),
                sent.headers(),
                Optional.empty())));
  }

  private void awaitJobs(String... ids) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(jobs).extracting(Job::id).containsExactly(ids));
  }

  private CompletableFuture<Taken> job(String id) {
    return jobs.stream().filter(job -> job.id().equals(id)).findFirst().orElseThrow().result();
  }

  private long committed() {
    OffsetAndMetadata offset = consumer.committed(Set.of(COMMANDS)).get(COMMANDS);
    return offset == null ? -1 : offset.offset();
  }

  private Delivery delivery() {
    return new Delivery(
        input -> {
          Job job = new Job(input.id(), new CompletableFuture<>());
          jobs.add(job);
          return job.result();
        },
        (_, _) -> CompletableFuture.completedStage(List.of()),
        _ -> {},
        null,
        new SimpleMeterRegistry());
  }

  private static final class TimelessConsumer extends MockConsumer<String, byte[]> {

    TimelessConsumer() {
      super("earliest");
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times) {
      return Map.of();
    }
  }
}
