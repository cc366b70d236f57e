package dev.sluice.metrics.kafka;

import dev.sluice.events.MessageCodec;
import dev.sluice.events.PluginCall;
import dev.sluice.events.Topics;
import dev.sluice.events.UnreadableMessage;
import dev.sluice.metrics.PluginCalls;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads {@code plugin.calls} on a thread of its own. An offset is committed when its call is taken,
 * not when it is answered: what a dying gateway leaves undone is asked for again by who waits for
 * the answer, and a slow plugin holds up no partition.
 */
@Singleton
class CallReader {

  private static final Logger LOG = System.getLogger(CallReader.class.getName());
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration BEFORE_STARTING_AGAIN = Duration.ofSeconds(1);

  private final KafkaSettings settings;
  private final PluginCalls calls;
  private final AnswerSender sender;
  private final Thread thread = Thread.ofPlatform().name("plugin-calls").unstarted(this::run);
  private volatile KafkaConsumer<String, byte[]> consumer;
  private volatile boolean stopped;

  CallReader(KafkaSettings settings, PluginCalls calls, AnswerSender sender) {
    this.settings = settings;
    this.calls = calls;
    this.sender = sender;
  }

  void start(@Observes StartupEvent event) {
    if (settings.isConfigured()) {
      thread.start();
    } else {
      LOG.log(Level.INFO, "no kafka.bootstrap.servers: no step plugin is called from here");
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped = true;
    KafkaConsumer<String, byte[]> running = consumer;
    if (running != null) {
      running.wakeup();
    }
    thread.join(Duration.ofSeconds(5));
  }

  private void run() {
    while (!stopped) {
      try (KafkaConsumer<String, byte[]> own = settings.consumer()) {
        consumer = own;
        own.subscribe(List.of(Topics.PLUGIN_CALLS));
        while (!stopped) {
          ConsumerRecords<String, byte[]> records = own.poll(POLL);
          records.forEach(this::take);
          if (!records.isEmpty()) {
            own.commitAsync();
          }
        }
      } catch (WakeupException | InterruptException e) {
        LOG.log(Level.DEBUG, "woken up to stop");
      } catch (KafkaException e) {
        LOG.log(Level.ERROR, "reading plugin.calls broke off, starting again", e);
        pause();
      }
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    try {
      calls.take(MessageCodec.decode(record, PluginCall.class));
    } catch (UnreadableMessage e) {
      LOG.log(Level.ERROR, "put aside on the dead-letter topic: {0}", e.getMessage());
      sender.deadLetter(record, e.getMessage());
    }
  }

  private void pause() {
    try {
      Thread.sleep(BEFORE_STARTING_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }
}
