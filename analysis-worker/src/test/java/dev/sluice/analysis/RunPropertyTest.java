package dev.sluice.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.Measurement;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.Message;
import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.MetricProgress;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.VerdictReached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Signals late, twice, out of order, and workers that die: what holds for every run. */
class RunPropertyTest {

  private static final List<Outcome> OUTCOMES =
      List.of(
          new Outcome.Vector(List.of(0.001)),
          new Outcome.Vector(List.of(0.001)),
          new Outcome.Vector(List.of(0.5)),
          new Outcome.Vector(List.of(Double.NaN)),
          new Outcome.NoData(),
          new Outcome.Unavailable(Reason.TIMEOUT, "no answer in 30 s"),
          new Outcome.Unavailable(Reason.OVERLOADED, "shed"));

  /** One life of a run on a seed, with everything that it published. */
  private static final class Life {

    private final Random random;
    private final AnalysisDesired desired;
    private final List<Effect.Ask> asked = new ArrayList<>();
    private final List<Message> published = new ArrayList<>();
    private Run run;
    private Instant now = Samples.START.minusMillis(300);

    Life(long seed) {
      random = new Random(seed);
      desired = Samples.desired(metric("a"), metric("b"));
      run = Run.planned(desired);
      decide(new Signal.Woken());
      for (int i = 0; i < 120; i++) {
        now = now.plusMillis(random.nextInt(20_000));
        next();
      }
    }

    private MetricSpec metric(String name) {
      return Samples.metric(
          name,
          metric ->
              metric
                  .times(random.nextInt(6))
                  .every(Duration.ofSeconds(1 + random.nextInt(60)))
                  .limits(random.nextInt(3), random.nextInt(3), random.nextInt(5), 0));
    }

    private void next() {
      switch (random.nextInt(12)) {
        case 0 -> takeOver();
        case 1 -> decide(new Signal.Wanted(desired));
        case 2, 3, 4 -> decide(new Signal.Woken());
        case 5 ->
            decide(
                new Signal.Answered(
                    random.nextBoolean() ? "a" : "stranger", random.nextInt(6), answer()));
        default -> {
          if (!asked.isEmpty()) {
            Effect.Ask ask = asked.get(random.nextInt(asked.size()));
            decide(new Signal.Answered(ask.metric(), ask.tick(), answer()));
          }
        }
      }
    }

    private MetricAnswer answer() {
      return Samples.answer(now, OUTCOMES.get(random.nextInt(OUTCOMES.size())));
    }

    private void takeOver() {
      run =
          run.progress()
              .map(progress -> Run.recorded(desired, progress))
              .orElseGet(() -> Run.planned(desired));
      decide(new Signal.Woken());
    }

    private void decide(Signal signal) {
      Decision decision = run.on(signal, now);
      assertThat(run.on(signal, now)).isEqualTo(decision);
      assertAsksOnlyWhatIsDue(decision);
      assertIsLookedAtAgain(signal, decision);
      if (run instanceof Over && !(signal instanceof Signal.Wanted)) {
        assertThat(decision).isEqualTo(Decision.stay(run));
      }
      run = decision.next();
      published.addAll(decision.messages());
      decision.effects().stream()
          .filter(Effect.Ask.class::isInstance)
          .forEach(effect -> asked.add((Effect.Ask) effect));
    }

    private void assertAsksOnlyWhatIsDue(Decision decision) {
      for (Effect effect : decision.effects()) {
        if (effect instanceof Effect.Ask ask) {
          assertThat(ask.query().time()).isBeforeOrEqualTo(now);
        }
      }
    }

    /** I22: what is neither over nor waited for has a time at which it goes on. */
    private void assertIsLookedAtAgain(Signal signal, Decision decision) {
      boolean moved = !decision.equals(Decision.stay(run));
      if (decision.next() instanceof Measuring && moved) {
        assertThat(decision.effects()).last().isInstanceOf(Effect.WakeAt.class);
      }
    }

    List<MeasurementTaken> measurements() {
      return published.stream()
          .filter(MeasurementTaken.class::isInstance)
          .map(MeasurementTaken.class::cast)
          .toList();
    }
  }

  @Property(tries = 1_500)
  void eachTickIsRecordedOnceAndInOrder(@ForAll long seed) {
    Map<String, Integer> next = new HashMap<>();
    for (MeasurementTaken taken : new Life(seed).measurements()) {
      int expected = next.merge(taken.metric(), 1, Integer::sum) - 1;
      assertThat(taken.measurement().tick()).isEqualTo(expected);
    }
  }

  @Property(tries = 1_500)
  void dueTimesFollowFromWhatWasRecordedAlone(@ForAll long seed) {
    Life life = new Life(seed);
    for (MetricSpec metric : life.desired.metrics()) {
      Instant due = Schedule.first(metric, Samples.START);
      for (MeasurementTaken taken : life.measurements()) {
        if (taken.metric().equals(metric.name())) {
          Measurement measurement = taken.measurement();
          assertThat(measurement.dueAt()).isEqualTo(due);
          due = Schedule.after(metric, measurement);
        }
      }
    }
  }

  @Property(tries = 1_500)
  void everyVerdictOfARunIsTheSame(@ForAll long seed) {
    Life life = new Life(seed);

    assertThat(life.published.stream().filter(VerdictReached.class::isInstance).distinct())
        .hasSizeLessThanOrEqualTo(1);
  }

  /** I7. */
  @Property(tries = 1_500)
  void whatNeverSucceededIsNoSuccess(@ForAll long seed) {
    for (Message message : new Life(seed).published) {
      if (message instanceof VerdictReached verdict
          && verdict.phase() == AnalysisPhase.SUCCESSFUL) {
        for (MetricProgress metric : verdict.evidence()) {
          assertThat(metric.successful() + metric.failed()).as(metric.toString()).isPositive();
        }
      }
    }
  }

  @Property(tries = 500)
  void countsAreThoseOfTheMeasurements(@ForAll long seed) {
    Life life = new Life(seed);
    for (MetricProgress metric : life.run.progress().orElseThrow().metrics()) {
      List<AnalysisPhase> phases =
          life.measurements().stream()
              .filter(taken -> taken.metric().equals(metric.name()))
              .map(taken -> taken.measurement().phase())
              .toList();
      assertThat(phases).hasSize(metric.count() + metric.error());
      assertThat(metric.count())
          .isEqualTo(metric.successful() + metric.failed() + metric.inconclusive());
      assertThat(phases.stream().filter(AnalysisPhase.ERROR::equals)).hasSize(metric.error());
    }
  }
}
