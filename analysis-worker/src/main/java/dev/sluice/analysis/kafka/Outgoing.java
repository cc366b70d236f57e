package dev.sluice.analysis.kafka;

import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.Envelope;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.Message;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.MetricProgress;
import dev.sluice.events.Topics;
import dev.sluice.events.VerdictReached;
import java.net.URI;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Messages as records of one partition's runs. */
final class Outgoing {

  private static final URI SOURCE = URI.create("/sluice/analysis-worker");

  private final int partition;

  Outgoing(int partition) {
    this.partition = partition;
  }

  /**
   * The record of a message. Its id says what it is about: the same again has the same id.
   *
   * @param traceparent of the decision that wanted the run, or null
   */
  ProducerRecord<String, byte[]> record(Message message, Instant now, String traceparent) {
    return switch (message) {
      case MeasurementTaken taken ->
          encode(
              Topics.ANALYSIS_MEASUREMENTS,
              message,
              "%s/%s/%d".formatted(taken.run(), taken.metric(), taken.measurement().tick()),
              now,
              traceparent);
      case VerdictReached verdict ->
          encode(Topics.ANALYSIS_VERDICTS, message, verdict.run() + "/verdict", now, traceparent);
      case AnalysisProgress progress ->
          here(encode(Topics.ANALYSIS_PROGRESS, message, idOf(progress), now, traceparent));
      default -> throw new IllegalStateException("a worker does not publish " + message);
    };
  }

  /** Forgets the progress of a run. */
  ProducerRecord<String, byte[]> tombstone(String run) {
    return new ProducerRecord<>(Topics.ANALYSIS_PROGRESS, partition, run, null);
  }

  private static String idOf(AnalysisProgress progress) {
    int ticks = progress.metrics().stream().mapToInt(MetricProgress::nextTick).sum();
    String end = progress.phase().isCompleted() ? "/completed" : "";
    return "%s/progress/%d%s".formatted(progress.run(), ticks, end);
  }

  private static ProducerRecord<String, byte[]> encode(
      String topic, Message message, String id, Instant now, String traceparent) {
    return MessageCodec.encode(topic, message, new Envelope(id, SOURCE, now, traceparent));
  }

  /** In the partition where the next owner looks for it, whatever the partitioner thinks. */
  private ProducerRecord<String, byte[]> here(ProducerRecord<String, byte[]> record) {
    return new ProducerRecord<>(
        record.topic(), partition, record.key(), record.value(), record.headers());
  }
}
