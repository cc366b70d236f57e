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
 */
record Measuring(AnalysisDesired desired, AnalysisProgress recorded, Map<String, Asking> asking)
    implements Run {

  private static final Asking IDLE = new Asking.Idle();

  Measuring {
    asking = Map.copyOf(asking);
  }

  /** As recorded, with nothing under way. */
  static Measuring goingOn(AnalysisDesired desired, AnalysisProgress recorded) {
    return new Measuring(desired, Metrics.aligned(desired, recorded), Map.of());
  }

  @Override
  public Optional<AnalysisProgress> progress() {
    return Optional.of(recorded);
  }

  @Override
  public Decision on(Signal signal, Instant now) {
    return switch (signal) {
      case Signal.Woken _ -> proceed(List.of(), now);
      case Signal.Wanted(AnalysisDesired again) ->
          isTerminated()
              ? proceed(List.of(), now)
              : new Measuring(again, Metrics.aligned(again, recorded), asking)
                  .proceed(List.of(), now);
      case Signal.Answered(String metric, int tick, MetricAnswer answer) ->
          answered(metric, tick, answer, now);
    };
  }

  /** The first decision: that it runs is said before anything is measured. */
  Decision begun(Instant now) {
    return proceed(List.of(recorded), now);
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
        yield with(recorded, metric, putOff).proceed(List.of(), now);
      }
      case Measured(var phase, var value, var message) -> {
        Measurement measurement =
            new Measurement(tick, phase, value, message, progress.nextDueAt(), asked.at(), now);
        AnalysisProgress after = Metrics.replaced(recorded, Fold.with(spec, progress, measurement));
        yield with(after, metric, IDLE)
            .proceed(List.of(taken(spec, measurement, answer), after), now);
      }
    };
  }

  private Measuring with(AnalysisProgress progress, String metric, Asking state) {
    Map<String, Asking> states = new HashMap<>(asking);
    states.put(metric, state);
    return new Measuring(desired, progress, states);
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
    Measuring next = new Measuring(desired, recorded, ask(effects, now));
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
    Verdict.latest(recorded).ifPresent(times::add);
    for (MetricProgress metric : Metrics.stillAsked(recorded)) {
      times.add(asking.getOrDefault(metric.name(), IDLE).readyAt(metric.nextDueAt()));
    }
    return times.stream().min(Instant::compareTo);
  }
}
