package dev.sluice.orchestrator.kafka;

import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.Message;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.UnreadableMessage;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.PushTargets;
import dev.sluice.orchestrator.RunStatuses;
import dev.sluice.orchestrator.UndecidableInput;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * Handles what one poll brought: the records of a key one after the other, different keys at the
 * same time. A record is given again until it is stored; one that cannot be read or decided is
 * dead-lettered.
 */
@ApplicationScoped
class InboundBatch {

  private static final Logger LOG = Logger.getLogger(InboundBatch.class);
  private static final Duration FIRST_PATIENCE = Duration.ofMillis(200);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

  private final Intake intake;
  private final PushTargets targets;
  private final Instance<RunStatuses> runStatuses;
  private final DeadLetters deadLetters;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @Inject
  InboundBatch(
      Intake intake,
      PushTargets targets,
      Instance<RunStatuses> runStatuses,
      DeadLetters deadLetters) {
    this.intake = intake;
    this.targets = targets;
    this.runStatuses = runStatuses;
    this.deadLetters = deadLetters;
  }

  /** Completes when every record is stored or dead-lettered. */
  CompletableFuture<Void> take(ConsumerRecords<String, byte[]> records) {
    Map<String, List<ConsumerRecord<String, byte[]>>> byKey = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      byKey.computeIfAbsent(String.valueOf(record.key()), _ -> new ArrayList<>()).add(record);
    }
    return CompletableFuture.allOf(
        byKey.values().stream()
            .map(lane -> CompletableFuture.runAsync(() -> lane.forEach(this::take), threads))
            .toArray(CompletableFuture[]::new));
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      give(MessageCodec.decode(record));
    } catch (UnreadableMessage | UndecidableInput e) {
      LOG.errorf(
          "%s-%d@%d: %s", record.topic(), record.partition(), record.offset(), e.getMessage());
      persist(() -> deadLetters.put(record, e));
    }
  }

  private void give(Message message) {
    if (message instanceof AnalysisProgress progress && runStatuses.isResolvable()) {
      runStatuses.get().progressed(progress);
    }
    if (message instanceof ImagePushed pushed) {
      List<Identity> takers = persist(() -> targets.takers(pushed.repository(), pushed.tag()));
      takers.forEach(taker -> give(InboundMessages.push(pushed, taker)));
      return;
    }
    InboundMessages.input(message).ifPresent(this::give);
  }

  private void give(Input input) {
    persist(() -> intake.take(input));
  }

  // Whoever is away comes back; until then this key waits, and only this key.
  private static <T> T persist(java.util.function.Supplier<CompletionStage<T>> work) {
    Duration patience = FIRST_PATIENCE;
    while (true) {
      try {
        return work.get().toCompletableFuture().join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof UndecidableInput undecidable) {
          throw undecidable;
        }
        LOG.warnf("tried again in %d ms: %s", patience.toMillis(), e.getCause());
        rest(patience);
        Duration longer = patience.multipliedBy(2);
        patience = longer.compareTo(LAST_PATIENCE) < 0 ? longer : LAST_PATIENCE;
      }
    }
  }

  private static void rest(Duration patience) {
    try {
      Thread.sleep(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
