package dev.sluice.orchestrator.kafka;

import dev.sluice.events.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Puts aside, for an operator, what could not be read or decided: as it came, with the reason. */
@ApplicationScoped
class DeadLetters {

  private final Clients clients;
  private KafkaProducer<String, byte[]> producer;

  @Inject
  DeadLetters(Clients clients) {
    this.clients = clients;
  }

  CompletionStage<Void> put(ConsumerRecord<String, byte[]> record, Exception why) {
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(
            Topics.deadLetter(record.topic()),
            null,
            record.key(),
            record.value(),
            record.headers());
    header(letter, "dead-letter-reason", String.valueOf(why.getMessage()));
    header(letter, "dead-letter-topic", record.topic());
    header(letter, "dead-letter-partition", Integer.toString(record.partition()));
    header(letter, "dead-letter-offset", Long.toString(record.offset()));
    CompletableFuture<Void> sent = new CompletableFuture<>();
    producer()
        .send(
            letter,
            (_, failure) -> {
              if (failure == null) {
                sent.complete(null);
              } else {
                sent.completeExceptionally(failure);
              }
            });
    return sent;
  }

  private synchronized KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      producer = clients.plain("rollout-orchestrator-dead-letters");
    }
    return producer;
  }

  private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
    letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @PreDestroy
  synchronized void stop() {
    if (producer != null) {
      producer.close(java.time.Duration.ofSeconds(2));
    }
  }
}
