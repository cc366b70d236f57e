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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Hands image pushes on to {@code registry.pushes}. */
@ApplicationScoped
class RegistryPushes implements PushTopic {

  private static final URI SOURCE = URI.create("/sluice/rollout-orchestrator/webhooks");

  private final Clients clients;
  private KafkaProducer<String, byte[]> producer;

  @Inject
  RegistryPushes(Clients clients) {
    this.clients = clients;
  }

  @Override
  public CompletionStage<Void> publish(List<ImagePushed> pushes) {
    return CompletableFuture.allOf(
        pushes.stream().map(this::publish).toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> publish(ImagePushed pushed) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      producer()
          .send(
              MessageCodec.encode(
                  Topics.REGISTRY_PUSHES,
                  pushed,
                  new Envelope(pushed.id(), SOURCE, pushed.receivedAt(), null)),
              (_, failure) -> {
                if (failure == null) {
                  sent.complete(null);
                } else {
                  sent.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException e) {
      sent.completeExceptionally(e);
    }
    return sent;
  }

  private synchronized KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      producer = clients.plain("rollout-orchestrator-pushes");
    }
    return producer;
  }

  @PreDestroy
  synchronized void stop() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
    }
  }
}
