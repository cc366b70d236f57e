package dev.sluice.analysis.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.analysis.Samples;
import dev.sluice.analysis.Signal;
import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisDesired.Wanted;
import dev.sluice.events.Envelope;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BatchTest {

  private static final MetricSpec METRIC = Samples.metric("m", m -> m);

  /** Its first tick would be after the end of time. */
  private static final MetricSpec ENDLESS =
      new MetricSpec(
          "m",
          null,
          Duration.ofSeconds(Long.MAX_VALUE),
          1,
          null,
          null,
          0,
          0,
          4,
          0,
          false,
          null,
          METRIC.noData(),
          METRIC.provider());

  private static final AnalysisDesired DESIRED = Samples.desired(METRIC);

  private final Runs runs = new Runs();

  private Batch batch(long deadLettersFrom) {
    return new Batch(runs, new Outgoing(2), Samples.START, deadLettersFrom);
  }

  private static ConsumerRecord<String, byte[]> record(long offset, AnalysisDesired desired) {
    ProducerRecord<String, byte[]> sent =
        MessageCodec.encode(
            Topics.ANALYSIS_DESIRED,
            desired,
            new Envelope("id", URI.create("/sluice/test"), Samples.START, null));
    return new ConsumerRecord<>(
        sent.topic(),
        2,
        offset,
        0,
        TimestampType.CREATE_TIME,
        0,
        0,
        sent.key(),
        sent.value(),
        sent.headers(),
        Optional.empty());
  }

  private static ConsumerRecord<String, byte[]> raw(long offset, String key, String value) {
    return new ConsumerRecord<>(
        Topics.ANALYSIS_DESIRED, 2, offset, key, value == null ? null : value.getBytes(UTF_8));
  }

  private static List<String> topics(Batch batch) {
    return batch.records().stream().map(ProducerRecord::topic).toList();
  }

  @Test
  void nothingIsInForceBeforeItIsAdopted() {
    Batch batch = batch(0);
    batch.desired(record(0, DESIRED));

    assertThat(batch.questions()).hasSize(1);
    assertThat(runs.names()).isEmpty();

    batch.adopt();

    assertThat(runs.names()).containsExactly(DESIRED.run());
    assertThat(runs.nextWake()).isPresent();
  }

  @Test
  void progressGoesIntoThePartitionOfTheRun() {
    Batch batch = batch(0);
    batch.desired(record(0, DESIRED));
    batch.signal(DESIRED.run(), answered(0.001));

    assertThat(batch.records())
        .filteredOn(record -> record.topic().equals(Topics.ANALYSIS_PROGRESS))
        .extracting(ProducerRecord::partition)
        .containsExactly(2);
  }

  @Test
  void severalSignalsOfOneBatchBuildOnEachOther() {
    Batch batch = batch(0);
    batch.desired(record(0, DESIRED));
    batch.signal(DESIRED.run(), answered(0.5));
    batch.signal(DESIRED.run(), answered(0.001));

    assertThat(topics(batch))
        .containsExactly(
            Topics.ANALYSIS_MEASUREMENTS, Topics.ANALYSIS_PROGRESS, Topics.ANALYSIS_VERDICTS);
  }

  private static Signal.Answered answered(double value) {
    return new Signal.Answered("m", 0, Samples.answer(Samples.START, value));
  }

  @Test
  void anAnswerForARunThatIsForgottenChangesNothing() {
    Batch batch = batch(0);
    batch.desired(record(0, DESIRED));
    batch.signal(DESIRED.run(), new Signal.Answered("m", 0, Samples.answer(Samples.START, 0.001)));
    batch.desired(raw(1, DESIRED.run(), null));
    int records = batch.records().size();
    batch.signal(DESIRED.run(), answered(0.5));
    batch.adopt();

    assertThat(batch.records()).hasSize(records);
    assertThat(batch.records().getLast().value()).isNull();
    assertThat(runs.names()).isEmpty();
    assertThat(runs.nextWake()).isEmpty();
  }

  @Test
  void aRunThatCannotBeDecidedIsSetAsideAndTheOthersGoOn() {
    Batch batch = batch(0);
    batch.desired(
        record(4, Samples.desired("uid/poisoned", Samples.START, Wanted.MEASURE, ENDLESS)));
    batch.desired(record(5, DESIRED));
    batch.adopt();

    assertThat(topics(batch)).containsExactly(Topics.deadLetter(Topics.ANALYSIS_DESIRED));
    assertThat(batch.deadLettersTo()).hasValue(5);
    assertThat(runs.names()).containsExactly(DESIRED.run());
  }

  @Test
  void whatWasSetAsideBeforeIsNotSetAsideAgain() {
    Batch batch = batch(8);
    batch.desired(raw(7, "uid/nonsense", "{"));

    assertThat(batch.records()).isEmpty();

    batch.desired(raw(8, "uid/nonsense", "{"));

    assertThat(topics(batch)).containsExactly(Topics.deadLetter(Topics.ANALYSIS_DESIRED));
    assertThat(batch.deadLettersTo()).hasValue(9);
  }
}
