package dev.sluice.analysis;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.Fence;
import dev.sluice.events.Measurement;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.Message;
import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.MetricProgress;
import dev.sluice.events.VerdictReached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Plays a scenario on a clock of its own: nothing waits, and nothing depends on the machine. */
final class Scene {

  static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
  private static final Duration LONGEST = Duration.ofHours(2);

  private record Event(Instant at, int order, Runnable what) {}

  private final Scenario.Input input;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::order));
  private final Map<String, Map<Instant, Outcome>> answers = new HashMap<>();
  private final List<Message> published = new ArrayList<>();
  private Run run;
  private Instant now = START;
  private Instant wakeAt;
  private int worker;
  private int order;

  private Scene(Scenario.Input input) {
    this.input = input;
    run = Run.planned(desired(AnalysisDesired.Wanted.MEASURE));
  }

  /**
   * Plays it to its end.
   *
   * @param takeOvers when the worker dies and another goes on with what was published
   */
  static Scene play(Scenario.Input input, List<Instant> takeOvers) {
    Scene scene = new Scene(input);
    scene.at(START, () -> scene.signal(new Signal.Woken()));
    takeOvers.forEach(time -> scene.at(time, scene::takeOver));
    if (input.terminatedAt() != null) {
      scene.at(
          START.plusSeconds(input.terminatedAt()).plusMillis(500),
          () -> scene.signal(new Signal.Wanted(scene.desired(AnalysisDesired.Wanted.TERMINATE))));
    }
    Instant end = START.plus(input.until() == null ? LONGEST : Duration.ofSeconds(input.until()));
    while (!scene.events.isEmpty() && !scene.events.peek().at().isAfter(end)) {
      Event next = scene.events.remove();
      scene.now = next.at();
      next.what().run();
    }
    return scene;
  }

  private void at(Instant time, Runnable what) {
    events.add(new Event(time, order++, what));
  }

  private void takeOver() {
    worker++;
    wakeAt = null;
    run =
        run.progress()
            .map(progress -> Run.recorded(run.desired(), progress))
            .orElseGet(() -> Run.planned(run.desired()));
    signal(new Signal.Woken());
  }

  private void signal(Signal signal) {
    Decision decision = run.on(signal, now);
    run = decision.next();
    published.addAll(decision.messages());
    for (Effect effect : decision.effects()) {
      switch (effect) {
        case Effect.Publish _ -> {}
        case Effect.Ask ask -> ask(ask);
        case Effect.WakeAt(Instant time) -> wakeAt(time);
      }
    }
  }

  private void wakeAt(Instant time) {
    int asked = worker;
    wakeAt = time;
    at(
        time.isAfter(now) ? time : now,
        () -> {
          if (worker == asked && time.equals(wakeAt)) {
            wakeAt = null;
            signal(new Signal.Woken());
          }
        });
  }

  private void ask(Effect.Ask ask) {
    int asked = worker;
    Scenario.Metric metric =
        input.metrics().stream()
            .filter(m -> m.name().equals(ask.metric()))
            .findFirst()
            .orElseThrow();
    Outcome outcome = answer(metric, ask.query().time());
    MetricAnswer answer =
        new MetricAnswer("query of " + metric.name(), ask.query().time(), 3, outcome, List.of());
    at(
        now.plusSeconds(metric.latency() == null ? 0 : metric.latency()),
        () -> {
          if (worker == asked) {
            signal(new Signal.Answered(ask.metric(), ask.tick(), answer));
          }
        });
  }

  /** The same question for the same time gets the same answer, whoever asks and how often. */
  private Outcome answer(Scenario.Metric metric, Instant time) {
    Map<Instant, Outcome> given =
        answers.computeIfAbsent(metric.name(), _ -> new LinkedHashMap<>());
    if (given.get(time) instanceof Outcome.Unavailable(Reason reason, _)
        && reason == Reason.OVERLOADED) {
      // Shed once; asked again, the provider has its answer.
      return new Outcome.Vector(List.of(0.1));
    }
    String next = metric.answers().get(Math.min(given.size(), metric.answers().size() - 1));
    return given.computeIfAbsent(time, _ -> outcome(next));
  }

  private static Outcome outcome(String answer) {
    return switch (answer) {
      case "empty" -> new Outcome.NoData();
      case "overloaded" -> new Outcome.Unavailable(Reason.OVERLOADED, "too many queries");
      case "two" -> new Outcome.Vector(List.of(1.0, 2.0));
      case "error" ->
          new Outcome.Unavailable(Reason.PROVIDER_ERROR, "bad_data: invalid expression");
      case String scalar when scalar.startsWith("scalar:") ->
          new Outcome.Scalar(Double.parseDouble(scalar.substring("scalar:".length())));
      default -> new Outcome.Vector(List.of(Double.parseDouble(answer)));
    };
  }

  private AnalysisDesired desired(AnalysisDesired.Wanted wanted) {
    return new AnalysisDesired(
        "uid/app-7746f49889-2-1",
        "uid",
        "production",
        "app",
        "app-7746f49889-2-1",
        new Fence(3, 17),
        AnalysisRole.STEP,
        1,
        wanted,
        START,
        input.specifications());
  }

  List<Message> published() {
    return List.copyOf(published);
  }

  List<VerdictReached> verdicts() {
    return published.stream()
        .filter(VerdictReached.class::isInstance)
        .map(VerdictReached.class::cast)
        .toList();
  }

  List<MeasurementTaken> measurements() {
    return published.stream()
        .filter(MeasurementTaken.class::isInstance)
        .map(MeasurementTaken.class::cast)
        .toList();
  }

  /** What it has come to, in the form of {@code expected.yaml}. */
  Scenario.Expected outcome() {
    AnalysisProgress progress = run.progress().orElseThrow();
    Map<String, Scenario.ExpectedMetric> metrics = new LinkedHashMap<>();
    progress.metrics().forEach(metric -> metrics.put(metric.name(), outcome(metric)));
    return new Scenario.Expected(progress.phase().text(), progress.message(), metrics);
  }

  private Scenario.ExpectedMetric outcome(MetricProgress metric) {
    List<MeasurementTaken> taken =
        measurements().stream().filter(each -> each.metric().equals(metric.name())).toList();
    return new Scenario.ExpectedMetric(
        metric.phase().text(),
        metric.message(),
        metric.count(),
        metric.successful(),
        metric.failed(),
        metric.inconclusive(),
        metric.error(),
        metric.dryRun(),
        taken.stream().map(each -> each.measurement().value()).toList(),
        taken.stream()
            .map(each -> (int) SECONDS.between(START, each.measurement().dueAt()))
            .toList(),
        metric.measurements().size() == taken.size()
            ? null
            : metric.measurements().stream().map(Measurement::value).toList());
  }
}
