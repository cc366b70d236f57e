package dev.sluice.traffic.kafka;

import dev.sluice.events.Envelope;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied;
import dev.sluice.traffic.Reports;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends reports one after the other, each until the broker has acknowledged it: a failed send means
 * that nobody knows whether the record is there, so it is sent again under its old id.
 */
@Singleton
class ReportSender implements Reports {

  private static final Logger LOG = System.getLogger(ReportSender.class.getName());
  private static final URI SOURCE = URI.create("/sluice/traffic-router");
  private static final Duration BEFORE_SENDING_AGAIN = Duration.ofMillis(500);

  private final KafkaProducer<String, byte[]> producer;
  private final MeterRegistry figures;
  private final ExecutorService sending =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("traffic-applied").factory());

  // On a thread of their own: no report waits for a letter that cannot be sent.
  private final ExecutorService letters =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("dead-letters").factory());

  ReportSender(KafkaSettings settings, MeterRegistry figures) {
    this.producer = settings.producer();
    this.figures = figures;
  }

  @PreDestroy
  void close() {
    sending.shutdownNow();
    letters.shutdownNow();
    producer.close(Duration.ofSeconds(2));
  }

  @Override
  public void send(TrafficApplied message, Optional<String> traceparent) {
    String outcome = message.outcome().getClass().getSimpleName();
    figures.counter("sluice.router.reports", "outcome", outcome).increment();
    String id =
        "%s:%s:%s:%d"
            .formatted(message.uid(), message.fence(), outcome, message.at().toEpochMilli());
    ProducerRecord<String, byte[]> record =
        MessageCodec.encode(
            Topics.TRAFFIC_APPLIED,
            message,
            new Envelope(id, SOURCE, message.at(), traceparent.orElse(null)));
    sending.execute(() -> untilAcknowledged(record));
  }

  /**
   * Puts a record aside that cannot be read.
   *
   * @return ends when the broker has acknowledged it, and never otherwise
   */
  CompletableFuture<Void> deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
    ProducerRecord<String, byte[]> letter = MessageCodec.deadLetter(record, reason);
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    letters.execute(() -> {
      if (untilAcknowledged(letter)) {
        acknowledged.complete(null);
      }
    });
    return acknowledged;
  }

  /** False where the router stops before. */
  private boolean untilAcknowledged(ProducerRecord<String, byte[]> record) {
    try {
      while (true) {
        try {
          producer.send(record).get();
          return true;
        } catch (ExecutionException e) {
          LOG.log(
              Level.WARNING,
              "not acknowledged on {0}, sending again: {1}",
              record.topic(),
              e.getCause());
          Thread.sleep(BEFORE_SENDING_AGAIN);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
