package dev.sluice.analysis.kafka;

import dev.sluice.analysis.Signal;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.Message;
import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.VerdictReached;
import java.time.Duration;
import java.util.List;

/**
 * The time for which a partition is ours, from what was read to the first doubt: signal by signal
 * decide, commit, act.
 */
final class Shift {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Surroundings surroundings;
  private final Inbox inbox;
  private final Ledger ledger;
  private final Outgoing outgoing;
  private final Runs runs = new Runs();
  private final long seenTo;
  private long deadLettersFrom;

  /** Takes over what stands in the topics, and commits what follows from that alone. */
  Shift(int partition, Surroundings surroundings, Inbox inbox, Ledger ledger, History history) {
    this.surroundings = surroundings;
    this.inbox = inbox;
    this.ledger = ledger;
    outgoing = new Outgoing(partition);
    seenTo = history.end();
    deadLettersFrom = history.deadLettersFrom();
    Batch first = batch();
    Rebuild.from(history, runs, first);
    finish(first);
  }

  int size() {
    return runs.names().size();
  }

  /** Waits for something to do, and does it. Any exception ends the shift. */
  void next() throws InterruptedException {
    List<Inbox.Input> inputs = inbox.take(wait(runs));
    Batch batch = batch();
    for (Inbox.Input input : inputs) {
      switch (input) {
        case Inbox.Input.Desired(var each) -> {
          if (each.offset() >= seenTo) {
            batch.desired(each);
          }
        }
        case Inbox.Input.Answered(String run, Signal.Answered signal) -> batch.signal(run, signal);
        case Inbox.Input.Look() -> {}
      }
    }
    runs.due(surroundings.now()).forEach(run -> batch.signal(run, new Signal.Woken()));
    finish(batch);
  }

  private Duration wait(Runs waiting) {
    return waiting
        .nextWake()
        .map(time -> Duration.between(surroundings.now(), time))
        .filter(time -> time.compareTo(LONGEST_WAIT) < 0)
        .orElse(LONGEST_WAIT);
  }

  private Batch batch() {
    return new Batch(runs, outgoing, surroundings.now(), deadLettersFrom);
  }

  private void finish(Batch batch) {
    if (!batch.records().isEmpty()) {
      ledger.commit(batch.records(), batch.deadLettersTo());
    }
    batch.adopt();
    deadLettersFrom = batch.deadLettersTo().orElse(deadLettersFrom);
    batch.messages().forEach(this::count);
    batch.questions().forEach(this::ask);
  }

  private void ask(Batch.Question question) {
    surroundings.tally().asked();
    surroundings.gateway().ask(question.ask().query(), answer -> answered(question, answer));
  }

  private void answered(Batch.Question question, MetricAnswer answer) {
    if (answer.outcome() instanceof Outcome.Unavailable(Reason reason, _)
        && reason == Reason.OVERLOADED) {
      surroundings.tally().deferred();
    }
    inbox.add(
        new Inbox.Input.Answered(
            question.run(),
            new Signal.Answered(question.ask().metric(), question.ask().tick(), answer)));
  }

  private void count(Message message) {
    if (message instanceof MeasurementTaken taken) {
      surroundings.tally().measured(taken.measurement().phase());
    } else if (message instanceof VerdictReached verdict) {
      surroundings.tally().concluded(verdict.phase());
    }
  }
}
