package dev.sluice.system.simulator;

import dev.sluice.analysis.Decision;
import dev.sluice.analysis.Effect;
import dev.sluice.analysis.Run;
import dev.sluice.analysis.Signal;
import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.Message;
import dev.sluice.events.Topics;
import dev.sluice.events.VerdictReached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * An instance of the analysis worker around its core. A decision holds when its messages are
 * committed; one that has lost its partition cannot commit any more.
 */
final class SimulatedWorker implements SimulatedGroup.Member {

  private static final class Held {
    final int partition;
    final long term;
    final Deque<Signal> waiting = new ArrayDeque<>();
    AnalysisDesired desired;
    Run run;
    boolean committing;

    Held(int partition, long term, AnalysisDesired desired, Run run) {
      this.partition = partition;
      this.term = term;
      this.desired = desired;
      this.run = run;
    }
  }

  private final Ground ground;
  private final SimulatedKafka kafka;
  private final SimulatedGroup group;
  private final SimulatedMetrics metrics;
  private final Checks checks;
  private final Process process;
  private final Map<String, Held> runs = new TreeMap<>();
  private final Map<Integer, Long> terms = new TreeMap<>();
  private long sent;

  SimulatedWorker(
      String name,
      Ground ground,
      SimulatedKafka kafka,
      SimulatedGroup group,
      SimulatedMetrics metrics,
      Checks checks) {
    this.ground = ground;
    this.kafka = kafka;
    this.group = group;
    this.metrics = metrics;
    this.checks = checks;
    process = new Process(name, ground);
    process.onStart(runs::clear);
  }

  @Override
  public Process process() {
    return process;
  }

  @Override
  public void assigned(int partition) {
    runs.values().removeIf(h -> h.partition == partition);
    terms.put(partition, group.term(partition));
  }

  @Override
  public void take(int partition, SimulatedKafka.Record record, Runnable done) {
    AnalysisDesired desired = (AnalysisDesired) record.message();
    Held held = runs.get(record.key());
    if (desired == null) {
      runs.remove(record.key());
    } else if (held != null) {
      held.desired = desired;
      give(held, new Signal.Wanted(desired));
    } else {
      Held fresh = new Held(partition, terms.get(partition), desired, asRecorded(desired));
      runs.put(record.key(), fresh);
      give(fresh, new Signal.Woken());
    }
    done.run();
  }

  private Run asRecorded(AnalysisDesired desired) {
    int partition = SimulatedKafka.partitionOf(desired.run());
    return kafka.partition(Topics.ANALYSIS_PROGRESS, partition).reversed().stream()
        .filter(r -> r.key().equals(desired.run()))
        .findFirst()
        .map(r -> Run.recorded(desired, (AnalysisProgress) r.message()))
        .orElseGet(() -> Run.planned(desired));
  }

  private void give(Held held, Signal signal) {
    checks.visit(signal);
    held.waiting.add(signal);
    goOn(held);
  }

  private void goOn(Held held) {
    while (!held.committing && runs.get(held.desired.run()) == held && !held.waiting.isEmpty()) {
      Decision decision = held.run.on(held.waiting.poll(), ground.now());
      if (decision.messages().isEmpty()) {
        accept(held, decision);
      } else {
        commit(held, decision);
      }
    }
  }

  private void commit(Held held, Decision decision) {
    if (process.crashes(Fault.CRASH_BEFORE_SEND)) {
      return;
    }
    held.committing = true;
    kafka.transact(
        process,
        decision.messages().stream().map(this::sending).toList(),
        () -> group.isFenced(held.partition, held.term),
        known -> committed(held, decision, known));
  }

  private void committed(Held held, Decision decision, boolean known) {
    if (process.crashes(Fault.CRASH_AFTER_SEND)) {
      return;
    }
    held.committing = false;
    if (group.isFenced(held.partition, held.term)) {
      runs.remove(held.desired.run(), held);
    } else if (known) {
      accept(held, decision);
      goOn(held);
    } else {
      // Whether it is there is seen in what is recorded.
      held.run = asRecorded(held.desired);
      held.waiting.clear();
      give(held, new Signal.Woken());
    }
  }

  private void accept(Held held, Decision decision) {
    held.run = decision.next();
    for (Effect effect : decision.effects()) {
      checks.visit(effect);
      switch (effect) {
        case Effect.Publish _ -> {}
        case Effect.Ask ask -> ask(held, ask);
        case Effect.WakeAt(Instant time) -> {
          Duration wait = Duration.between(ground.now(), time);
          process.later(
              wait.isNegative() ? Duration.ZERO : wait, () -> give(held, new Signal.Woken()));
        }
      }
    }
  }

  private void ask(Held held, Effect.Ask ask) {
    process.later(
        ground.chaos().millis(2, 300),
        () ->
            give(
                held,
                new Signal.Answered(
                    ask.metric(),
                    ask.tick(),
                    metrics.answer(held.desired.run(), ask.metric(), ask.tick(), ask.query()))));
  }

  private SimulatedKafka.Sending sending(Message message) {
    String topic =
        switch (message) {
          case AnalysisProgress _ -> Topics.ANALYSIS_PROGRESS;
          case MeasurementTaken _ -> Topics.ANALYSIS_MEASUREMENTS;
          case VerdictReached _ -> Topics.ANALYSIS_VERDICTS;
          default -> throw new IllegalArgumentException("no topic for " + message);
        };
    String id = process.name() + ":" + process.life() + ":" + sent++;
    if (message instanceof VerdictReached verdict) {
      process.log(
          () -> "verdict on " + verdict.run() + ": " + verdict.phase() + " " + verdict.message());
    }
    return new SimulatedKafka.Sending(topic, message.key(), id, message);
  }
}
