package dev.sluice.analysis;

import static dev.sluice.analysis.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.MetricQuery;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.VerdictReached;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuringTest {

  private static final MetricSpec METRIC = Samples.metric("m", m -> m);
  private static final AnalysisDesired DESIRED = Samples.desired(METRIC);
  private static final Signal WOKEN = new Signal.Woken();

  private static Decision started() {
    return Run.planned(DESIRED).on(WOKEN, START);
  }

  private static Signal answered(int tick, double value) {
    return new Signal.Answered("m", tick, Samples.answer(START, value));
  }

  private static AnalysisDesired wanted(AnalysisDesired.Wanted wanted) {
    return Samples.desired(DESIRED.run(), START, wanted, METRIC);
  }

  @Test
  void theFirstDecisionAsksForTickZeroAndLeavesTheWordToItsAnswer() {
    Decision decision = started();

    assertThat(decision.messages()).isEmpty();
    assertThat(decision.effects())
        .containsExactly(
            new Effect.Ask("m", 0, new MetricQuery(METRIC.provider(), START)),
            new Effect.WakeAt(START.plusSeconds(1)));
  }

  @Test
  void aRunThatWaitsForItsFirstAnswerIsSaidToRunAfterASecond() {
    Decision decision = started().next().on(WOKEN, START.plusSeconds(1));

    assertThat(decision.messages())
        .singleElement()
        .isInstanceOfSatisfying(
            AnalysisProgress.class,
            progress -> assertThat(progress.phase()).isEqualTo(AnalysisPhase.RUNNING));
    assertThat(decision.next().on(WOKEN, START.plusSeconds(2)).messages()).isEmpty();
  }

  @Test
  void aRunThatStartsLaterIsAskedThen() {
    Instant before = START.minusMillis(400);

    Decision decision = Run.planned(DESIRED).on(WOKEN, before);

    assertThat(decision.messages()).isEmpty();
    assertThat(decision.effects()).endsWith(new Effect.WakeAt(START));
    assertThat(asks(decision)).isEmpty();
  }

  @Test
  void measurementAndProgressGoOutTogether() {
    Decision decision = started().next().on(answered(0, 0.001), START.plusMillis(40));

    assertThat(decision.messages()).hasSize(2);
    assertThat(((MeasurementTaken) decision.messages().getFirst()).measurement().value())
        .isEqualTo("[0.001]");
    assertThat(decision.effects()).endsWith(new Effect.WakeAt(START.plusSeconds(30)));
  }

  @Test
  void aSecondAnswerForATickChangesNothing() {
    Run once = started().next().on(answered(0, 0.001), START).next();

    assertThat(once.on(answered(0, 0.5), START)).isEqualTo(Decision.stay(once));
  }

  @Test
  void anAnswerForATickThatIsNotAskedChangesNothing() {
    Run run = started().next();

    assertThat(run.on(answered(1, 0.5), START)).isEqualTo(Decision.stay(run));
    assertThat(run.on(new Signal.Answered("other", 0, Samples.answer(START, 1)), START))
        .isEqualTo(Decision.stay(run));
  }

  @Test
  void anAnswerForARunThatIsOverChangesNothing() {
    Run over = started().next().on(answered(0, 0.5), START).next();

    assertThat(over.progress().orElseThrow().phase()).isEqualTo(AnalysisPhase.FAILED);
    assertThat(over.on(answered(1, 0.001), START)).isEqualTo(Decision.stay(over));
    assertThat(over.on(WOKEN, START)).isEqualTo(Decision.stay(over));
  }

  @Test
  void aVerdictThatIsAskedForAgainIsTheSame() {
    Decision end = started().next().on(answered(0, 0.5), START);

    Decision again = end.next().on(new Signal.Wanted(DESIRED), START.plus(Duration.ofHours(1)));

    assertThat(again.messages()).singleElement().isEqualTo(end.messages().getLast());
    assertThat(again.messages().getFirst()).isInstanceOf(VerdictReached.class);
  }

  @Test
  void aTickThatIsLateAsksForItsOwnTime() {
    Run once = started().next().on(answered(0, 0.001), START).next();
    AnalysisProgress recorded = once.progress().orElseThrow();

    Decision hoursLater = Run.recorded(DESIRED, recorded).on(WOKEN, START.plusSeconds(7_200));

    assertThat(asks(hoursLater))
        .containsExactly(
            new Effect.Ask("m", 1, new MetricQuery(METRIC.provider(), START.plusSeconds(30))));
    assertThat(hoursLater.messages()).isEmpty();
  }

  @Test
  void whatIsUnderWayIsNotAskedTwice() {
    Run run = started().next();

    assertThat(asks(run.on(WOKEN, START.plusSeconds(20)))).isEmpty();
    assertThat(asks(run.on(new Signal.Wanted(DESIRED), START.plusSeconds(20)))).isEmpty();
  }

  @Test
  void anAnswerThatNeverComesIsAskedForAgain() {
    Run run = started().next();
    Instant lost = START.plusSeconds(30).plus(Asking.ANSWER_MARGIN);

    Decision decision = run.on(WOKEN, lost);

    assertThat(asks(decision))
        .containsExactly(new Effect.Ask("m", 0, new MetricQuery(METRIC.provider(), START)));
    assertThat(decision.next().on(answered(0, 0.001), lost).messages()).hasSize(2);
  }

  @Test
  void whatWeShedIsAskedAgainLaterEachTimeAndNeverPublished() {
    Run run = started().next().on(WOKEN, START.plusSeconds(1)).next();
    MetricAnswer shed = Samples.answer(START, new Outcome.Unavailable(Reason.OVERLOADED, "shed"));
    Instant now = START.plusSeconds(1);
    Duration last = Duration.ZERO;
    for (int i = 0; i < 5; i++) {
      Decision putOff = run.on(new Signal.Answered("m", 0, shed), now);

      assertThat(putOff.messages()).isEmpty();
      assertThat(asks(putOff)).isEmpty();
      Instant next = ((Effect.WakeAt) putOff.effects().getLast()).time();
      assertThat(Duration.between(now, next)).isBetween(last, Duration.ofSeconds(10));
      last = Duration.between(now, next);
      Decision again = putOff.next().on(WOKEN, next);
      assertThat(asks(again)).hasSize(1);
      run = again.next();
      now = next;
    }
  }

  @Test
  void aRunThatIsEndedConcludesAtOnceAndOnlyOnce() {
    Signal terminate = new Signal.Wanted(wanted(AnalysisDesired.Wanted.TERMINATE));

    Decision end = started().next().on(terminate, START.plusSeconds(1));

    VerdictReached verdict = (VerdictReached) end.messages().getLast();
    assertThat(verdict.phase()).isEqualTo(AnalysisPhase.SUCCESSFUL);
    assertThat(verdict.message()).isEqualTo("Run Terminated");
    assertThat(end.next().on(answered(0, 0.5), START.plusSeconds(2)))
        .isEqualTo(Decision.stay(end.next()));
  }

  @Test
  void aRunThatWasEndedBeforeAnybodySawItConcludesToo() {
    Decision end = Run.planned(wanted(AnalysisDesired.Wanted.TERMINATE)).on(WOKEN, START);

    assertThat(end.messages()).hasSize(2);
    assertThat(((VerdictReached) end.messages().getLast()).message()).isEqualTo("Run Terminated");
  }

  @Test
  void aRunThatIsEndedAfterAMetricFailedDoesNotPass() {
    MetricSpec slow = Samples.metric("slow", m -> m);
    AnalysisDesired both = Samples.desired(METRIC, slow);
    Run failing = Run.planned(both).on(WOKEN, START).next().on(answered(0, 0.5), START).next();
    assertThat(failing.progress().orElseThrow().phase()).isEqualTo(AnalysisPhase.RUNNING);

    Decision end =
        failing.on(
            new Signal.Wanted(
                Samples.desired(both.run(), START, AnalysisDesired.Wanted.TERMINATE, METRIC, slow)),
            START);

    VerdictReached verdict = (VerdictReached) end.messages().getLast();
    assertThat(verdict.phase()).isEqualTo(AnalysisPhase.FAILED);
  }

  @Test
  void aFailureIsTheVerdictAtOnceWhereTheOthersHaveAnswered() {
    MetricSpec good = Samples.metric("good", m -> m.every(Duration.ofSeconds(1)));
    Run both = Run.planned(Samples.desired(METRIC, good)).on(WOKEN, START).next();
    Run heard = both.on(new Signal.Answered("good", 0, Samples.answer(START, 0.001)), START).next();

    Decision end = heard.on(answered(0, 0.5), START);

    assertThat(end.messages().getLast()).isInstanceOf(VerdictReached.class);
    assertThat(asks(end)).isEmpty();
  }

  @Test
  void limitsThatContradictEachOtherEndTheRunBeforeAnythingIsAsked() {
    AnalysisDesired endless = Samples.desired(Samples.metric("m", m -> m.limits(-1, 0, 4, 0)));

    Decision end = Run.planned(endless).on(WOKEN, START);

    assertThat(asks(end)).isEmpty();
    assertThat(((VerdictReached) end.messages().getLast()).message())
        .isEqualTo(
            "Analysis spec invalid: metrics[0]:"
                + " failureLimit and consecutiveSuccessLimit cannot both be disabled");
  }

  @Test
  void tenMeasurementsAreKeptAndAllAreCounted() {
    AnalysisDesired many = Samples.desired(Samples.metric("m", m -> m.times(12)));
    Run run = Run.planned(many).on(WOKEN, START).next();
    for (int tick = 0; tick < 12; tick++) {
      Instant now = START.plusSeconds(30L * tick);
      run = run.on(WOKEN, now).next().on(answered(tick, 0.001), now).next();
    }

    var metric = run.progress().orElseThrow().metrics().getFirst();
    assertThat(metric.count()).isEqualTo(12);
    assertThat(metric.measurements()).hasSize(10);
    assertThat(metric.measurements().getLast().tick()).isEqualTo(11);
    assertThat(run.progress().orElseThrow().phase()).isEqualTo(AnalysisPhase.SUCCESSFUL);
  }

  private static List<Effect> asks(Decision decision) {
    return decision.effects().stream().filter(Effect.Ask.class::isInstance).toList();
  }
}
