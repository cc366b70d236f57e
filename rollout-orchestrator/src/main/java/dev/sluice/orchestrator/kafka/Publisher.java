package dev.sluice.orchestrator.kafka;

import dev.sluice.events.Envelope;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.Topics;
import dev.sluice.orchestrator.PushTopic;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Sends what is no part of a decision: image pushes of the webhooks, and dead letters. */
@ApplicationScoped
class Publisher implements PushTopic {

  private static final URI SOURCE = URI.create("/sluice/webhooks");

  /** A registry does not wait longer; what arrives later all the same has the same id. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  // Sending blocks while the broker is away.
  private final Executor threads = work -> Thread.ofVirtual().name("publisher").start(work);
  private final Clients clients;
  private KafkaProducer<String, byte[]> producer;

  @Inject
  Publisher(Clients clients) {
    this.clients = clients;
  }

  @Override
  public CompletionStage<Void> publish(List<ImagePushed> pushes) {
    return send(pushes.stream()
            .map(push ->
                MessageCodec.encode(
                    Topics.REGISTRY_PUSHES,
                    push,
                    new Envelope(push.id(), SOURCE, push.receivedAt(), null)))
            .toList())
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Puts a record aside; completes when it is safe there. One that fills all that a broker takes
   * has no room for the reason: it goes without its value, which stays where the headers say.
   */
  CompletionStage<Void> bury(ConsumerRecord<String, byte[]> record, String reason) {
    ProducerRecord<String, byte[]> letter = MessageCodec.deadLetter(record, reason);
    return send(List.of(letter))
        .exceptionallyCompose(failure ->
            isTooLarge(failure)
                ? send(List.of(withoutValue(letter)))
                : CompletableFuture.failedStage(failure));
  }

  private static boolean isTooLarge(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(RecordTooLargeException.class::isInstance);
  }

  private static ProducerRecord<String, byte[]> withoutValue(
      ProducerRecord<String, byte[]> letter) {
    return new ProducerRecord<>(letter.topic(), null, letter.key(), null, letter.headers());
  }

  private CompletableFuture<Void> send(List<ProducerRecord<String, byte[]>> records) {
    return CompletableFuture.runAsync(
        () -> {
          List<Future<?>> sent = new ArrayList<>();
          records.forEach(record -> sent.add(producer().send(record)));
          for (Future<?> one : sent) {
            try {
              one.get();
            } catch (Exception e) {
              throw new IllegalStateException("not known to be sent", e);
            }
          }
        },
        threads);
  }

  // Made when it is first needed: that fails where the broker's name is not known yet.
  private synchronized KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      producer = clients.plain("rollout-orchestrator");
    }
    return producer;
  }

  @PreDestroy
  synchronized void stop() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
    }
  }
}
