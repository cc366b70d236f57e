package dev.sluice.metrics.kafka;

import dev.sluice.events.Envelope;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.PluginAnswer;
import dev.sluice.events.PluginCall;
import dev.sluice.events.Topics;
import dev.sluice.metrics.PluginAnswers;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends answers, and letters that cannot be read. One that gets lost is asked for again. */
@Singleton
class AnswerSender implements PluginAnswers {

  private static final Logger LOG = System.getLogger(AnswerSender.class.getName());
  private static final URI SOURCE = URI.create("/sluice/metrics-gateway");

  private final KafkaSettings settings;
  private KafkaProducer<String, byte[]> producer;

  AnswerSender(KafkaSettings settings) {
    this.settings = settings;
  }

  // Made when it is first needed: without step plugins there need be no broker.
  private synchronized KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      producer = settings.producer();
    }
    return producer;
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
    }
  }

  @Override
  public void send(PluginCall call, PluginAnswer answer) {
    send(
        MessageCodec.encode(
            Topics.PLUGIN_ANSWERS, answer, new Envelope(call.id(), SOURCE, answer.at(), null)));
  }

  /** Puts a record aside that cannot be read. */
  void deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
    send(MessageCodec.deadLetter(record, reason));
  }

  private void send(ProducerRecord<String, byte[]> record) {
    producer()
        .send(
            record,
            (_, failure) -> {
              if (failure != null) {
                LOG.log(Level.WARNING, "not sent on {0}: {1}", record.topic(), failure);
              }
            });
  }
}
