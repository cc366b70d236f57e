package dev.sluice.analysis.kafka;

import dev.sluice.analysis.Decision;
import dev.sluice.analysis.Effect;
import dev.sluice.analysis.Run;
import dev.sluice.analysis.Signal;
import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.Message;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.UnreadableMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Decisions that are committed together. Until then nothing of them is in force: neither the next
 * states nor the questions.
 */
final class Batch {

  private static final Logger LOG = Logger.getLogger(Batch.class);

  /** A question of a run. */
  record Question(String run, Effect.Ask ask) {}

  private final Runs runs;
  private final Outgoing outgoing;
  private final Instant now;
  private final long deadLettersFrom;
  private final Map<String, Optional<Known>> next = new LinkedHashMap<>();
  private final Map<String, Instant> wakes = new LinkedHashMap<>();
  private final List<Question> questions = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
  private OptionalLong deadLettersTo = OptionalLong.empty();

  Batch(Runs runs, Outgoing outgoing, Instant now, long deadLettersFrom) {
    this.runs = runs;
    this.outgoing = outgoing;
    this.now = now;
    this.deadLettersFrom = deadLettersFrom;
  }

  /** The orchestrator wants something of a run, or nothing any more. */
  void desired(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      forget(record.key());
      return;
    }
    try {
      AnalysisDesired desired = MessageCodec.decode(record, AnalysisDesired.class);
      String traceparent = MessageCodec.envelope(record).traceparent();
      Optional<Known> before = known(desired.run());
      Run run = before.map(Known::run).orElseGet(() -> Run.planned(desired));
      decide(
          new Known(record, traceparent, run),
          before.isPresent() ? new Signal.Wanted(desired) : new Signal.Woken());
    } catch (UnreadableMessage e) {
      deadLetter(record, e.getMessage());
    }
  }

  /** A signal for a run; for one that nobody knows any more it changes nothing. */
  void signal(String run, Signal signal) {
    known(run).ifPresent(known -> decide(known, signal));
  }

  /** Nobody wants the run any more: its progress goes too. */
  void forget(String run) {
    if (known(run).flatMap(known -> known.run().progress()).isPresent()) {
      forgetProgress(run);
    }
    next.put(run, Optional.empty());
  }

  void forgetProgress(String run) {
    records.add(outgoing.tombstone(run));
  }

  /** On the dead-letter topic once, however often the topic is read again. */
  void deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
    LOG.errorf("Dead-lettered %s: %s", record.key(), reason);
    if (record.offset() >= deadLettersFrom) {
      records.add(MessageCodec.deadLetter(record, reason));
      long mark = Math.max(deadLettersTo.orElse(0), record.offset() + 1);
      deadLettersTo = OptionalLong.of(mark);
    }
  }

  private Optional<Known> known(String run) {
    return next.getOrDefault(run, runs.get(run));
  }

  private void decide(Known known, Signal signal) {
    String name = known.desired().key();
    Decision decision;
    try {
      decision = known.run().on(signal, now);
    } catch (RuntimeException e) {
      // A poisoned run ends for itself; the orchestrator hears no verdict and raises no weight.
      LOG.errorf(e, "No decision for run %s at %s", name, signal);
      deadLetter(known.desired(), "no decision: " + e);
      next.put(name, Optional.empty());
      return;
    }
    next.put(name, Optional.of(known.with(decision.next())));
    for (Effect effect : decision.effects()) {
      switch (effect) {
        case Effect.Publish(Message message) -> {
          messages.add(message);
          records.add(outgoing.record(message, now, known.traceparent()));
        }
        case Effect.Ask ask -> questions.add(new Question(name, ask));
        case Effect.WakeAt(Instant time) -> wakes.put(name, time);
      }
    }
  }

  /** What is to be committed; mostly empty. */
  List<ProducerRecord<String, byte[]>> records() {
    return records;
  }

  OptionalLong deadLettersTo() {
    return deadLettersTo;
  }

  /** Puts the next states in force. */
  void adopt() {
    next.forEach((run, state) ->
        state.ifPresentOrElse(known -> runs.put(run, known), () -> runs.forget(run)));
    wakes.forEach((run, time) -> {
      if (runs.get(run).isPresent()) {
        runs.wakeAt(run, time);
      }
    });
  }

  /** To be asked once it is in force. */
  List<Question> questions() {
    return questions;
  }

  /** What was published, for the tally. */
  List<Message> messages() {
    return messages;
  }
}
