package dev.sluice.analysis.kafka;

import static dev.sluice.analysis.kafka.Installation.GENEROUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.analysis.Samples;
import dev.sluice.analysis.gateway.PlayedGateway;
import dev.sluice.devkit.kafka.EmbeddedKafka;
import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisDesired.Wanted;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.Envelope;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricQuery;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.Topics;
import dev.sluice.events.VerdictReached;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisWorkerIT {

  @TempDir static Path folder;
  private static Installation installation;

  @BeforeAll
  static void start() {
    installation = new Installation(EmbeddedKafka.start(folder));
  }

  @AfterAll
  static void end() {
    installation.close();
  }

  private static PlayedGateway gateway() {
    return new PlayedGateway(_ -> new Outcome.Vector(List.of(0.001)));
  }

  private static MetricSpec metric(int count) {
    return Samples.metric("m", m -> m.every(Duration.ofSeconds(1)).times(count));
  }

  private static AnalysisDesired desired(String run, int count) {
    return Samples.desired(run, Installation.soon(), Wanted.MEASURE, metric(count));
  }

  private static List<Integer> ticks(String run) {
    return installation.measurements(run).stream()
        .map(taken -> taken.measurement().tick())
        .toList();
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void aRunIsMeasuredTickByTickAndJudged() {
    AnalysisDesired desired = desired("uid/app-measured", 3);
    try (PlayedGateway gateway = gateway();
        AnalysisWorker _ = installation.readyWorker(gateway)) {
      installation.want(desired);

      VerdictReached verdict = installation.awaitVerdict(desired.run());

      assertThat(verdict.phase()).isEqualTo(AnalysisPhase.SUCCESSFUL);
      assertThat(verdict.epoch()).isEqualTo(desired.fence().epoch());
      assertThat(verdict.evidence().getFirst().measurements()).hasSize(3);
      assertThat(ticks(desired.run())).containsExactly(0, 1, 2);
      assertThat(gateway.questions())
          .extracting(MetricQuery::time)
          .containsExactly(
              desired.startAt(),
              desired.startAt().plusSeconds(1),
              desired.startAt().plusSeconds(2));
      List<AnalysisProgress> progress = installation.progress(desired.run());
      assertThat(progress).extracting(p -> p.metrics().getFirst().count()).endsWith(1, 2, 3);
      assertThat(progress.getFirst().phase()).isEqualTo(AnalysisPhase.RUNNING);
      assertThat(progress.getLast().phase()).isEqualTo(AnalysisPhase.SUCCESSFUL);
      assertThat(installation.verdicts(desired.run())).hasSize(1);
    }
  }

  @Test
  void whatIsPublishedCarriesTheTraceOfWhatWanted() {
    AnalysisDesired desired = desired("uid/app-traced", 1);
    try (PlayedGateway gateway = gateway();
        AnalysisWorker _ = installation.readyWorker(gateway)) {
      installation.want(desired);
      installation.awaitVerdict(desired.run());

      ConsumerRecord<String, byte[]> verdict =
          installation.records(Topics.ANALYSIS_VERDICTS).stream()
              .filter(record -> record.key().equals(desired.run()))
              .findFirst()
              .orElseThrow();
      assertThat(header(verdict, "traceparent")).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736");
      assertThat(header(verdict, "ce_id")).isEqualTo(desired.run() + "/verdict");
    }
  }

  @Test
  void aRunThatIsEndedGetsItsVerdictAtOnce() {
    AnalysisDesired desired = desired("uid/app-ended", 1_000);
    try (PlayedGateway gateway = gateway();
        AnalysisWorker _ = installation.readyWorker(gateway)) {
      installation.want(desired);
      installation.awaitSome(() -> installation.measurements(desired.run()));
      installation.want(
          Samples.desired(desired.run(), desired.startAt(), Wanted.TERMINATE, metric(1_000)));

      VerdictReached verdict = installation.awaitVerdict(desired.run());

      assertThat(verdict.message()).isEqualTo("Run Terminated");
      assertThat(verdict.phase()).isEqualTo(AnalysisPhase.SUCCESSFUL);
    }
  }

  @Test
  void anotherWorkerGoesOnWithWhatWasRecorded() {
    AnalysisDesired going = desired("uid/app-handed-over", 8);
    AnalysisDesired done = desired("uid/app-done-before", 1);
    try (PlayedGateway first = gateway();
        PlayedGateway second = gateway()) {
      try (AnalysisWorker _ = installation.readyWorker(first)) {
        installation.want(going);
        installation.want(done);
        installation.awaitVerdict(done.run());
        installation.awaitSome(() -> installation.measurements(going.run()));
      }
      try (AnalysisWorker _ = installation.readyWorker(second)) {
        VerdictReached verdict = installation.awaitVerdict(going.run());

        assertThat(verdict.phase()).isEqualTo(AnalysisPhase.SUCCESSFUL);
        assertThat(ticks(going.run())).containsExactlyElementsOf(upTo(8));
        assertThat(installation.verdicts(done.run())).hasSize(1);
        assertThat(second.questions())
            .extracting(MetricQuery::time)
            .doesNotHaveDuplicates()
            .doesNotContain(done.startAt());
      }
    }
  }

  @Test
  void aGatewayThatIsAwayCostsNoMeasurement() {
    AnalysisDesired desired = desired("uid/app-gateway-away", 2);
    try (PlayedGateway gateway = gateway();
        AnalysisWorker _ = installation.readyWorker(gateway)) {
      gateway.fail(503);
      installation.want(desired);
      await()
          .atMost(GENEROUS)
          .until(() -> gateway.questions().stream().filter(q -> isAt(q, desired)).count() >= 2);
      assertThat(installation.measurements(desired.run())).isEmpty();

      gateway.fail(200);

      assertThat(installation.awaitVerdict(desired.run()).phase())
          .isEqualTo(AnalysisPhase.SUCCESSFUL);
      assertThat(installation.measurements(desired.run()))
          .extracting(taken -> taken.measurement().dueAt())
          .containsExactly(desired.startAt(), desired.startAt().plusSeconds(1));
    }
  }

  private static boolean isAt(MetricQuery query, AnalysisDesired desired) {
    return query.time().equals(desired.startAt());
  }

  @Test
  void whoeverTakesAPartitionOverFencesTheOneThatHadIt() {
    AnalysisDesired desired = desired("uid/app-fenced", 12);
    try (PlayedGateway gateway = gateway();
        AnalysisWorker _ = installation.readyWorker(gateway)) {
      installation.want(desired);
      installation.awaitSome(() -> installation.measurements(desired.run()));
      int partition = partitionOf(Topics.ANALYSIS_DESIRED, desired.run());

      try (Ledger other = Ledger.open(installation.clients(), partition)) {
        other.commit(
            List.of(new ProducerRecord<>(Topics.ANALYSIS_PROGRESS, partition, "fencing", null)),
            OptionalLong.empty());
      }

      // The fenced one drops the run, reads again, and goes on: no tick twice, none missing.
      installation.awaitVerdict(desired.run());
      assertThat(ticks(desired.run())).containsExactlyElementsOf(upTo(12));
    }
  }

  private static int partitionOf(String topic, String key) {
    return installation.records(topic).stream()
        .filter(record -> key.equals(record.key()))
        .findFirst()
        .orElseThrow()
        .partition();
  }

  @Test
  void progressStandsInThePartitionOfWhatIsDesired() {
    AnalysisDesired desired = desired("uid/app-beside", 1);
    try (PlayedGateway gateway = gateway();
        AnalysisWorker _ = installation.readyWorker(gateway)) {
      // By hand into another partition than the partitioner's.
      int odd = 3;
      ProducerRecord<String, byte[]> record =
          MessageCodec.encode(Topics.ANALYSIS_DESIRED, desired, envelope());
      installation.send(
          new ProducerRecord<>(
              record.topic(), odd, record.key(), record.value(), record.headers()));
      installation.awaitVerdict(desired.run());

      assertThat(partitionOf(Topics.ANALYSIS_PROGRESS, desired.run())).isEqualTo(odd);
    }
  }

  @Test
  void anUnreadableMessageIsSetAsideOnceAndTheRestGoesOn() {
    AnalysisDesired after = desired("uid/app-after-nonsense", 1);
    byte[] nonsense = "{nonsense".getBytes(StandardCharsets.UTF_8);
    try (PlayedGateway gateway = gateway()) {
      try (AnalysisWorker _ = installation.readyWorker(gateway)) {
        installation.send(
            new ProducerRecord<>(Topics.ANALYSIS_DESIRED, 2, "uid/app-nonsense", nonsense));
        ProducerRecord<String, byte[]> record =
            MessageCodec.encode(Topics.ANALYSIS_DESIRED, after, envelope());
        installation.send(
            new ProducerRecord<>(
                record.topic(), 2, record.key(), record.value(), record.headers()));
        installation.awaitVerdict(after.run());
      }
      try (AnalysisWorker _ = installation.readyWorker(gateway)) {
        List<ConsumerRecord<String, byte[]>> set =
            installation.records(Topics.deadLetter(Topics.ANALYSIS_DESIRED)).stream()
                .filter(record -> "uid/app-nonsense".equals(record.key()))
                .toList();

        assertThat(set).hasSize(1);
        assertThat(set.getFirst().value()).isEqualTo(nonsense);
        assertThat(header(set.getFirst(), "dead-letter-reason")).contains("ce_type");
      }
    }
  }

  @Test
  void aRunThatNobodyWantsAnyMoreIsForgotten() {
    AnalysisDesired desired = desired("uid/app-forgotten", 1_000);
    try (PlayedGateway gateway = gateway();
        AnalysisWorker _ = installation.readyWorker(gateway)) {
      installation.want(desired);
      installation.awaitSome(() -> installation.measurements(desired.run()));

      installation.send(new ProducerRecord<>(Topics.ANALYSIS_DESIRED, desired.run(), null));

      await()
          .atMost(GENEROUS)
          .until(() ->
              installation.records(Topics.ANALYSIS_PROGRESS).stream()
                  .filter(record -> desired.run().equals(record.key()))
                  .reduce((_, last) -> last)
                  .filter(last -> last.value() == null)
                  .isPresent());
      int measured = installation.measurements(desired.run()).size();
      // A run that comes after it is measured; the forgotten one is not.
      AnalysisDesired later = desired("uid/app-after-forgotten", 3);
      installation.want(later);
      installation.awaitVerdict(later.run());
      assertThat(installation.measurements(desired.run())).hasSize(measured);
      assertThat(installation.verdicts(desired.run())).isEmpty();
    }
  }

  @Test
  void twoWorkersShareThePartitions() throws Exception {
    List<AnalysisDesired> all =
        IntStream.range(0, 6).mapToObj(i -> desired("uid/app-shared-" + i, 10)).toList();
    try (PlayedGateway first = gateway();
        PlayedGateway second = gateway();
        AnalysisWorker one = installation.readyWorker(first);
        AnalysisWorker other = installation.readyWorker(second)) {
      await()
          .atMost(GENEROUS)
          .until(() ->
              one.partitions().size() == 2
                  && other.partitions().size() == 2
                  && one.isReady()
                  && other.isReady());
      all.forEach(installation::want);
      await()
          .atMost(GENEROUS)
          .until(() -> !first.questions().isEmpty() && !second.questions().isEmpty());

      goesAway(one);

      all.forEach(desired -> {
        assertThat(installation.awaitVerdict(desired.run()).phase())
            .isEqualTo(AnalysisPhase.SUCCESSFUL);
        assertThat(ticks(desired.run())).containsExactlyElementsOf(upTo(10));
        assertThat(installation.verdicts(desired.run())).hasSize(1);
      });
      assertThat(other.partitions()).containsExactly(0, 1, 2, 3);
    }
  }

  private static void goesAway(AutoCloseable worker) throws Exception {
    worker.close();
  }

  private static Envelope envelope() {
    return new Envelope("by-hand", URI.create("/sluice/test"), Instant.now(), null);
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** Used by nobody else: kills the broker of all others, and brings it back. */
  @Test
  void nothingIsLostWhileKafkaIsAway() {
    AnalysisDesired desired = desired("uid/app-kafka-away", 10);
    try (PlayedGateway gateway = gateway();
        AnalysisWorker worker = installation.readyWorker(gateway)) {
      // What is due later is answered only when Kafka is gone, however long that takes.
      gateway.failAfter(1, 503);
      installation.want(desired);
      installation.awaitSome(() -> installation.measurements(desired.run()));

      installation.kafka.kill();
      int asked = gateway.questions().size();
      gateway.fail(200);
      await().atMost(GENEROUS).until(() -> gateway.questions().size() > asked);
      installation.kafka.restart();

      assertThat(installation.awaitVerdict(desired.run()).phase())
          .isEqualTo(AnalysisPhase.SUCCESSFUL);
      List<MeasurementTaken> taken = installation.measurements(desired.run());
      assertThat(taken).extracting(t -> t.measurement().tick()).containsExactlyElementsOf(upTo(10));
      assertThat(taken.getLast().measurement().dueAt()).isEqualTo(desired.startAt().plusSeconds(9));
      await().atMost(GENEROUS).until(worker::isReady);
    }
  }
}
