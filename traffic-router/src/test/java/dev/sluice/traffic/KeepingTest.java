package dev.sluice.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.TrafficApplied.Outcome;
import dev.sluice.events.TrafficApplied.RouteObject;
import dev.sluice.events.TrafficDesired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeepingTest {

  private static final TrafficDesired FIRST = Splits.split(2, 14, 20);
  private static final TrafficDesired NEWER = Splits.split(3, 15, 0);
  private static final String CANARY = "checkout-service-checkout-canary";

  private final List<Effect> effects = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T14:30:00Z");
  private Keeping keeping;

  @Test
  void whatIsWantedIsTriedAndWhatBecameOfItIsTold() {
    begin(FIRST);
    assertThat(effects).containsExactly(new Effect.Apply(FIRST));
    ended(FIRST, wrote(20, 5, "7"));
    assertThat(reports()).containsExactly(applied(FIRST, 20, 5, true));
  }

  @Test
  void aNewerSplitDoesNotWaitForAnOlderAttempt() {
    begin(FIRST);
    on(new Signal.Wanted(NEWER));
    assertThat(effects).containsExactly(new Effect.Apply(FIRST), new Effect.Apply(NEWER));
    ended(NEWER, wrote(0, 5, "8"));
    ended(FIRST, new Attempt.Superseded(NEWER.fence()));
    assertThat(reports()).containsExactly(applied(NEWER, 0, 5, true));
  }

  @Test
  void whatAnOlderAttemptWroteIsToldAsItsOwn() {
    begin(FIRST);
    on(new Signal.Wanted(NEWER));
    ended(FIRST, wrote(20, 5, "7"));
    ended(NEWER, wrote(0, 20, "8"));
    assertThat(reports()).containsExactly(applied(FIRST, 20, 5, true), applied(NEWER, 0, 20, true));
  }

  @Test
  void anOlderSplitThatComesLateIsSupersededWithoutAnAttempt() {
    settle(NEWER, wrote(0, 5, "8"));
    on(new Signal.Wanted(FIRST));
    assertThat(effects).containsExactly(report(FIRST, new Outcome.Superseded(NEWER.fence())));
  }

  @Test
  void theSameSplitAgainIsCheckedAgainAndToldAgain() {
    settle(FIRST, wrote(20, 5, "7"));
    on(new Signal.Wanted(FIRST));
    ended(FIRST, unchanged(20, "7"));
    assertThat(effects)
        .containsExactly(new Effect.Apply(FIRST), report(applied(FIRST, 20, 20, false)));
  }

  @Test
  void aHigherFenceOnTheRouteIsToldAndLeftAlone() {
    begin(FIRST);
    ended(FIRST, new Attempt.Superseded(new Fence(9, 1)));
    on(new Signal.RouteChanged(CANARY, "9"));
    on(new Signal.TimePassed());
    assertThat(effects)
        .containsExactly(
            new Effect.Apply(FIRST), report(FIRST, new Outcome.Superseded(new Fence(9, 1))));
  }

  @Test
  void aFailureIsRetriedLessAndLessOftenAndToldEveryTenSeconds() {
    begin(FIRST);
    Instant since = now;
    List<Long> delays = new ArrayList<>();
    List<Long> told = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      effects.clear();
      ended(FIRST, new Attempt.Failed("no"));
      if (!reports().isEmpty()) {
        assertThat(reports()).containsExactly(message(FIRST, new Outcome.Failed("no", since)));
        told.add(Duration.between(since, now).toMillis());
      }
      Instant wake = wakes().getFirst();
      delays.add(Duration.between(now, wake).toMillis());
      now = wake;
      on(new Signal.TimePassed());
    }
    assertThat(delays).startsWith(200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L).endsWith(10_000L);
    assertThat(told).first().isEqualTo(0L);
    assertThat(told).hasSizeLessThan(10);
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i) - told.get(i - 1)).isGreaterThanOrEqualTo(10_000L);
    }
  }

  @Test
  void aNewerSplitInAFailureIsTriedAtOnceAndStillSaysSinceWhen() {
    begin(FIRST);
    Instant since = now;
    ended(FIRST, new Attempt.Failed("no"));
    now = now.plusSeconds(3);
    effects.clear();
    on(new Signal.Wanted(NEWER));
    ended(NEWER, new Attempt.Failed("still no"));
    assertThat(effects)
        .containsExactly(
            new Effect.Apply(NEWER),
            report(NEWER, new Outcome.Failed("still no", since)),
            new Effect.Wake(now.plusMillis(200)));
  }

  @Test
  void aChangedObjectInAFailureIsLookedAtSoon() {
    begin(FIRST);
    for (int i = 0; i < 8; i++) {
      ended(FIRST, new Attempt.Failed("no"));
      now = wakes().getLast();
      on(new Signal.TimePassed());
    }
    ended(FIRST, new Attempt.Failed("no"));
    effects.clear();
    on(new Signal.RouteChanged("checkout", "3"));
    on(new Signal.RouteChanged("checkout", "4"));
    assertThat(effects).containsExactly(new Effect.Wake(now.plusMillis(200)));
  }

  @Test
  void ourOwnWriteIsNoForeignChange() {
    settle(FIRST, wrote(20, 5, "7"));
    on(new Signal.RouteChanged(CANARY, "7"));
    assertThat(effects).isEmpty();
  }

  @Test
  void aForeignChangeIsPutBackAndTold() {
    settle(FIRST, wrote(20, 5, "7"));
    on(new Signal.RouteChanged(CANARY, "8"));
    ended(FIRST, putBack("9"));
    assertThat(effects)
        .containsExactly(new Effect.Apply(FIRST), report(applied(FIRST, 20, 50, true)));
  }

  @Test
  void aChangeThatTouchesNothingOfOursIsNotTold() {
    settle(FIRST, wrote(20, 5, "7"));
    on(new Signal.RouteChanged(CANARY, "8"));
    ended(FIRST, unchanged(20, "8"));
    assertThat(effects).containsExactly(new Effect.Apply(FIRST));
  }

  @Test
  void aChangeDuringAnAttemptIsLookedAtAfterIt() {
    begin(FIRST);
    effects.clear();
    on(new Signal.RouteChanged(CANARY, "8"));
    ended(FIRST, wrote(20, 5, "7"));
    assertThat(effects)
        .containsExactly(report(applied(FIRST, 20, 5, true)), new Effect.Apply(FIRST));
  }

  @Test
  void ourOwnWriteSeenDuringTheAttemptIsNotLookedAtAgain() {
    begin(FIRST);
    effects.clear();
    on(new Signal.RouteChanged(CANARY, "7"));
    ended(FIRST, wrote(20, 5, "7"));
    assertThat(effects).containsExactly(report(applied(FIRST, 20, 5, true)));
  }

  @Test
  void aDeletedObjectIsMadeAgainWithoutHaste() {
    settle(FIRST, wrote(20, 5, "7"));
    on(new Signal.RouteChanged(CANARY, ""));
    assertThat(effects).containsExactly(new Effect.Wake(now.plusSeconds(2)));
    on(new Signal.TimePassed());
    assertThat(effects).hasSize(1);
    now = now.plusSeconds(2);
    on(new Signal.TimePassed());
    assertThat(effects).last().isEqualTo(new Effect.Apply(FIRST));
  }

  @Test
  void theFifthForeignChangeWithinAMinuteIsContention() {
    settle(FIRST, wrote(20, 5, "7"));
    Instant firstFight = now.plusSeconds(1);
    for (int i = 0; i < 5; i++) {
      now = now.plusSeconds(1);
      on(new Signal.RouteChanged(CANARY, "foreign" + i));
      effects.clear();
      ended(FIRST, putBack("ours" + i));
    }
    assertThat(reports()).hasSize(1);
    assertThat(reports().getFirst().outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.message()).startsWith("contended: ");
              assertThat(failed.since()).isEqualTo(firstFight);
            });
    assertThat(keeping.progress()).isInstanceOf(Progress.Contended.class);
  }

  @Test
  void whileContendedItIsPutBackOnceASecondAndToldOnceAMinute() {
    theFifthForeignChangeWithinAMinuteIsContention();
    effects.clear();
    int told = 0;
    for (int i = 0; i < 150; i++) {
      on(new Signal.RouteChanged(CANARY, "more" + i));
      on(new Signal.RouteChanged(CANARY, "and more" + i));
      now = now.plusSeconds(1);
      effects.clear();
      on(new Signal.TimePassed());
      assertThat(effects).containsExactly(new Effect.Apply(FIRST));
      effects.clear();
      ended(FIRST, putBack("back" + i));
      told += reports().size();
    }
    assertThat(told).isEqualTo(2);
  }

  @Test
  void afterAMinuteOfPeaceItIsToldAsApplied() {
    theFifthForeignChangeWithinAMinuteIsContention();
    assertThat(wakes().getLast()).isEqualTo(now.plusSeconds(60));
    now = now.plusSeconds(60);
    on(new Signal.TimePassed());
    effects.clear();
    ended(FIRST, unchanged(20, "ours4"));
    assertThat(reports()).containsExactly(applied(FIRST, 20, 20, false));
    assertThat(keeping.progress()).isInstanceOf(Progress.Settled.class);
  }

  @Test
  void foreignChangesFarApartAreNoContention() {
    settle(FIRST, wrote(20, 5, "7"));
    for (int i = 0; i < 20; i++) {
      now = now.plusSeconds(20);
      on(new Signal.RouteChanged(CANARY, "foreign" + i));
      ended(FIRST, putBack("ours" + i));
    }
    assertThat(reports()).hasSize(20).noneMatch(r -> r.outcome() instanceof Outcome.Failed);
  }

  @Test
  void whatTheLogDoesNotHoldAnyMoreIsNotToldAndTriedAgain() {
    begin(FIRST);
    effects.clear();
    ended(FIRST, new Attempt.Overtaken());
    assertThat(effects).containsExactly(new Effect.Wake(now.plusMillis(200)));
  }

  private void begin(TrafficDesired split) {
    take(Keeping.of(split));
  }

  private void settle(TrafficDesired split, Attempt result) {
    begin(split);
    ended(split, result);
    effects.clear();
  }

  private void ended(TrafficDesired split, Attempt result) {
    on(new Signal.Attempted(split.fence(), result));
  }

  private void on(Signal signal) {
    take(keeping.on(signal, now));
  }

  private void take(Keeping.Step step) {
    keeping = step.next();
    effects.addAll(step.effects());
  }

  private List<TrafficApplied> reports() {
    return effects.stream()
        .filter(Effect.Report.class::isInstance)
        .map(effect -> ((Effect.Report) effect).message())
        .toList();
  }

  private List<Instant> wakes() {
    return effects.stream()
        .filter(Effect.Wake.class::isInstance)
        .map(effect -> ((Effect.Wake) effect).at())
        .toList();
  }

  private static Attempt wrote(int weight, int previous, String version) {
    return attempt(weight, previous, version, true, false);
  }

  private static Attempt putBack(String version) {
    return attempt(20, 50, version, true, true);
  }

  private static Attempt unchanged(int weight, String version) {
    return attempt(weight, weight, version, false, false);
  }

  private static Attempt attempt(
      int weight, int previous, String version, boolean changed, boolean foreign) {
    return new Attempt.Applied(
        weight,
        previous,
        List.of(object(weight, changed)),
        Map.of(CANARY, version, "checkout", "1"),
        foreign);
  }

  private static RouteObject object(int weight, boolean changed) {
    return new RouteObject("Ingress", CANARY, "1", weight, false, changed);
  }

  private TrafficApplied applied(TrafficDesired split, int weight, int previous, boolean changed) {
    return message(split, new Outcome.Applied(weight, previous, List.of(object(weight, changed))));
  }

  private Effect report(TrafficDesired split, Outcome outcome) {
    return report(message(split, outcome));
  }

  private static Effect report(TrafficApplied message) {
    return new Effect.Report(message);
  }

  private TrafficApplied message(TrafficDesired split, Outcome outcome) {
    return new TrafficApplied(
        split.uid(), split.namespace(), split.name(), split.fence(), outcome, now);
  }
}
