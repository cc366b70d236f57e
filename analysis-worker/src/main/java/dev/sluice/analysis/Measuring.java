package dev.sluice.analysis;

import dev.sluice.analysis.Judgement.Deferred;
import dev.sluice.analysis.Judgement.Measured;
import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.Measurement;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.Message;
import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricProgress;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that is measured tick by tick.
 *
 * @param desired what is wanted
 * @param recorded what it has come to, as published
 * @param asking by metric: what is under way; a metric that is missing is idle
 * @param silentUntil nothing was published yet: the first answer may be near, and says it too; null
 *     where something was
 */
record Measuring(
    AnalysisDesired desired,
    AnalysisProgress recorded,
    Map<String, Asking> asking,
    Instant silentUntil)
    implements Run {

  private static final Asking IDLE = new Asking.Idle();

  /** Whoever waits for a slow first answer sees after this that it is being worked on. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  Measuring {
    asking = Map.copyOf(asking);
  }

  /** As recorded, with nothing under way. */
  static Measuring goingOn(AnalysisDesired desired, AnalysisProgress recorded) {
    return new Measuring(desired, Metrics.aligned(desired, recorded), Map.of(), null);
  }

  /**
   * Begins. A run of one quick measurement is published once, when it is over; one that takes
   * longer is said to run before that.
   */
  static Decision begin(AnalysisDesired desired, AnalysisProgress first, Instant now) {
    Instant start = desired.startAt().isAfter(now) ? desired.startAt() : now;
    return new Measuring(desired, first, Map.of(), start.plus(SILENCE)).proceed(List.of(), now);
  }

  @Override
  public Optional<AnalysisProgress> progress() {
    return silentUntil == null ? Optional.of(recorded) : Optional.empty();
  }

  @Override
  public Decision on(Signal signal, Instant now) {
    return switch (signal) {
      case Signal.Woken _ -> proceed(List.of(), now);
      case Signal.Wanted(AnalysisDesired again) ->
          isTerminated()
              ? proceed(List.of(), now)
              : new Measuring(again, Metrics.aligned(again, recorded), asking, silentUntil)
                  .proceed(List.of(), now);
      case Signal.Answered(String metric, int tick, MetricAnswer answer) ->
          answered(metric, tick, answer, now);
    };
  }

  private boolean isTerminated() {
    return desired.wanted() == AnalysisDesired.Wanted.TERMINATE;
  }

  private Decision answered(String metric, int tick, MetricAnswer answer, Instant now) {
    MetricProgress progress = Metrics.named(recorded, metric).orElse(null);
    if (progress == null
        || progress.nextTick() != tick
        || progress.phase().isCompleted()
        || !(asking.get(metric) instanceof Asking.Asked asked)) {
      return Decision.stay(this); // Recorded already, or never asked by this run.
    }
    MetricSpec spec = Metrics.specification(desired, metric);
    return switch (Judge.judge(spec, answer.outcome())) {
      case Deferred() -> {
        int spread = (recorded.run() + metric).hashCode();
        Asking putOff = Asking.putOff(now, asked.deferrals() + 1, spread);
        yield new Measuring(desired, recorded, asking(metric, putOff), silentUntil)
            .proceed(List.of(), now);
      }
      case Measured(var phase, var value, var message) -> {
        Measurement measurement =
            new Measurement(tick, phase, value, message, progress.nextDueAt(), asked.at(), now);
        AnalysisProgress after = Metrics.replaced(recorded, Fold.with(spec, progress, measurement));
        yield new Measuring(desired, after, asking(metric, IDLE), null)
            .proceed(List.of(taken(spec, measurement, answer), after), now);
      }
    };
  }

  private Map<String, Asking> asking(String metric, Asking state) {
    Map<String, Asking> states = new HashMap<>(asking);
    states.put(metric, state);
    return states;
  }

  private MeasurementTaken taken(MetricSpec spec, Measurement measurement, MetricAnswer answer) {
    return switch (spec.provider()) {
      case Provider.Prometheus(String address, String query, _) ->
          new MeasurementTaken(
              recorded.run(),
              recorded.uid(),
              recorded.epoch(),
              spec.name(),
              measurement,
              address,
              query,
              answer.latencyMillis());
    };
  }

  /** Concludes, or asks what is due and says when to look again. */
  private Decision proceed(List<Message> messages, Instant now) {
    Optional<Verdict> verdict = Verdict.of(desired, recorded, asking, now);
    if (verdict.isPresent()) {
      List<Message> measured =
          messages.stream().filter(MeasurementTaken.class::isInstance).toList();
      return Over.concluded(desired, recorded, verdict.get(), measured, now);
    }
    List<Effect> effects = new ArrayList<>();
    messages.forEach(message -> effects.add(new Effect.Publish(message)));
    boolean silent = silentUntil != null && silentUntil.isAfter(now);
    if (silentUntil != null && !silent) {
      effects.add(new Effect.Publish(recorded));
    }
    Measuring next =
        new Measuring(desired, recorded, ask(effects, now), silent ? silentUntil : null);
    next.nextLook().ifPresent(time -> effects.add(new Effect.WakeAt(time)));
    return new Decision(next, effects);
  }

  private Map<String, Asking> ask(List<Effect> effects, Instant now) {
    Map<String, Asking> states = new HashMap<>(asking);
    for (MetricProgress metric : Metrics.stillAsked(recorded)) {
      Asking state = asking.getOrDefault(metric.name(), IDLE);
      if (!state.readyAt(metric.nextDueAt()).isAfter(now)) {
        MetricSpec spec = Metrics.specification(desired, metric.name());
        effects.add(
            new Effect.Ask(
                metric.name(), metric.nextTick(), Schedule.query(spec, metric.nextDueAt())));
        states.put(metric.name(), Asking.asked(now, Schedule.timeout(spec), state.deferrals()));
      }
    }
    return states;
  }

  private Optional<Instant> nextLook() {
    List<Instant> times = new ArrayList<>();
    if (silentUntil != null) {
      times.add(silentUntil);
    }
    Verdict.latest(recorded).ifPresent(times::add);
    for (MetricProgress metric : Metrics.stillAsked(recorded)) {
      times.add(asking.getOrDefault(metric.name(), IDLE).readyAt(metric.nextDueAt()));
    }
    return times.stream().min(Instant::compareTo);
  }
}
