package dev.sluice.orchestrator.kafka;

import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.Message;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.PluginAnswer;
import dev.sluice.events.RolloutCommand;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.UnreadableMessage;
import dev.sluice.events.VerdictReached;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Intake.Taken;
import dev.sluice.orchestrator.PushTargets;
import dev.sluice.orchestrator.RunStatuses;
import dev.sluice.orchestrator.UndecidableInput;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Gives one record to the core, or puts it aside where that is of no use. */
@ApplicationScoped
class Delivery {

  private static final Logger LOG = Logger.getLogger(Delivery.class);
  private static final Map<String, Class<? extends Message>> KINDS =
      Topics.ALL.stream().collect(Collectors.toMap(Topics.Topic::name, Topics.Topic::message));

  private final Intake intake;
  private final PushTargets pushTargets;
  private final RunStatuses runStatuses;
  private final Publisher publisher;
  private final MeterRegistry meters;

  @Inject
  Delivery(
      Intake intake,
      PushTargets pushTargets,
      RunStatuses runStatuses,
      Publisher publisher,
      MeterRegistry meters) {
    this.intake = intake;
    this.pushTargets = pushTargets;
    this.runStatuses = runStatuses;
    this.publisher = publisher;
    this.meters = meters;
  }

  /**
   * Completes when the record needs no more attention; with an error where it is to be delivered
   * again.
   */
  CompletionStage<Void> deliver(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return CompletableFuture.completedStage(null);
    }
    Message message;
    try {
      message = MessageCodec.decode(record, KINDS.get(record.topic()));
    } catch (UnreadableMessage e) {
      return bury(record, e.getMessage());
    }
    return handle(record, message)
        .exceptionallyCompose(failure ->
            cause(failure) instanceof UndecidableInput undecidable
                ? bury(record, undecidable.getMessage())
                : CompletableFuture.failedStage(cause(failure)));
  }

  private CompletionStage<Void> handle(ConsumerRecord<String, byte[]> record, Message message) {
    return switch (message) {
      case TrafficApplied applied -> take(Interpretation.of(applied));
      case VerdictReached verdict -> take(Interpretation.of(verdict));
      case AnalysisProgress progress -> progressed(progress);
      case PluginAnswer answer -> take(Interpretation.of(answer));
      case RolloutCommand command -> command(record, Interpretation.of(command));
      case ImagePushed push -> pushed(push);
      default -> bury(record, "nobody here reads a " + message.getClass().getSimpleName());
    };
  }

  private CompletionStage<Void> take(Input input) {
    return intake.take(input).thenAccept(_ -> {});
  }

  private CompletionStage<Void> progressed(AnalysisProgress progress) {
    runStatuses.progressed(progress);
    return Interpretation.of(progress)
        .map(this::take)
        .orElseGet(() -> CompletableFuture.completedStage(null));
  }

  // A command that nobody can answer must not vanish.
  private CompletionStage<Void> command(ConsumerRecord<String, byte[]> record, Input command) {
    return intake
        .take(command)
        .thenCompose(taken ->
            taken == Taken.IGNORED
                ? bury(record, "there is no Rollout with uid " + command.identity().uid())
                : CompletableFuture.completedStage(null));
  }

  private CompletionStage<Void> pushed(ImagePushed push) {
    return pushTargets
        .takers(push.repository(), push.tag())
        .thenCompose(takers -> {
          List<CompletableFuture<Void>> all =
              takers.stream()
                  .map(taker -> take(Interpretation.of(push, taker)).toCompletableFuture())
                  .toList();
          return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
        });
  }

  private CompletionStage<Void> bury(ConsumerRecord<String, byte[]> record, String reason) {
    LOG.errorf(
        "%s-%d@%d is put aside: %s", record.topic(), record.partition(), record.offset(), reason);
    meters.counter("sluice.dead.letters", "topic", record.topic()).increment();
    return publisher.bury(record, reason);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
