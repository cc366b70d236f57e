package dev.sluice.traffic;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.TrafficApplied.Outcome;
import dev.sluice.events.TrafficDesired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is owed to one Rollout's route: its newest wanted split is applied, kept against others, and
 * what becomes of it is told.
 *
 * @param wanted the newest split
 * @param progress how far it has come
 * @param attempting whether an attempt for it is under way; one for an older split may be too, and
 *     the fence keeps them apart
 * @param changes versions of objects that changed during the attempt
 * @param fights foreign changes of late
 * @param wakeAt when to look again, if at all
 */
public record Keeping(
    TrafficDesired wanted,
    Progress progress,
    boolean attempting,
    Map<String, String> changes,
    Fights fights,
    Optional<Instant> wakeAt) {

  private static final Duration WHILE_CONTENDED = Duration.ofSeconds(1);
  private static final Duration BEFORE_READING_AGAIN = Duration.ofMillis(200);

  /** Without the object no request reaches the canary: no hurry, and its Rollout may be gone. */
  private static final Duration BEFORE_MAKING_AGAIN = Duration.ofSeconds(2);

  /** Copies the map. */
  public Keeping {
    changes = Map.copyOf(changes);
  }

  /** The next state, and what is to be done. */
  public record Step(Keeping next, List<Effect> effects) {

    /** Copies the list. */
    public Step {
      effects = List.copyOf(effects);
    }

    private Step telling(Effect first) {
      List<Effect> all = new ArrayList<>(List.of(first));
      all.addAll(effects);
      return new Step(next, all);
    }
  }

  /** Begins with the first split that is known. */
  public static Step of(TrafficDesired first) {
    Progress due = new Progress.Due(Optional.empty());
    return new Keeping(first, due, false, Map.of(), Fights.NONE, Optional.empty()).attempt();
  }

  /** Answers every signal, late and repeated ones too. */
  public Step on(Signal signal, Instant now) {
    return switch (signal) {
      case Signal.Wanted(var split) -> wanted(split, now);
      case Signal.Attempted(var fence, var result) ->
          fence.equals(wanted.fence())
              ? attempted(result, now)
              : attemptedOlder(fence, result, now);
      case Signal.RouteChanged(var object, var version) -> changed(object, version, now);
      case Signal.TimePassed _ ->
          attempting || wakeAt.isEmpty() || now.isBefore(wakeAt.get()) ? stay() : attempt();
    };
  }

  private Step wanted(TrafficDesired split, Instant now) {
    if (split.fence().isOlderThan(wanted.fence())) {
      return stay().telling(report(split.fence(), new Outcome.Superseded(wanted.fence()), now));
    }
    Progress due = new Progress.Due(progress.failedSince());
    if (split.fence().equals(wanted.fence())) {
      // Whoever sent it again has not heard what became of it.
      Keeping same = new Keeping(split, due, attempting, changes, fights, Optional.empty());
      return attempting ? same.stay() : same.attempt();
    }
    // At once: an abort does not wait for an older write that hangs.
    return new Keeping(split, due, false, Map.of(), Fights.NONE, Optional.empty()).attempt();
  }

  // What an older attempt wrote was in force, and whoever wanted it may still wait to hear so.
  private Step attemptedOlder(Fence fence, Attempt result, Instant now) {
    return switch (result) {
      case Attempt.Applied applied -> stay().telling(report(fence, told(applied), now));
      case Attempt.Superseded _, Attempt.Overtaken _, Attempt.Failed _ -> stay();
    };
  }

  private Step attempted(Attempt result, Instant now) {
    return switch (result) {
      case Attempt.Applied applied -> applied(applied, now);
      case Attempt.Superseded(var found) ->
          idle(new Progress.Superseded(), fights)
              .stay()
              .telling(report(wanted.fence(), new Outcome.Superseded(found), now));
      case Attempt.Overtaken _ ->
          idle(new Progress.Due(progress.failedSince()), fights)
              .wake(now.plus(BEFORE_READING_AGAIN));
      case Attempt.Failed(var message) -> {
        Progress.Failing failing = Progress.Failing.after(progress, now);
        Step retry = idle(failing, fights).wake(now.plus(failing.delay()));
        yield failing.reportedAt().equals(now)
            ? retry.telling(
                report(wanted.fence(), new Outcome.Failed(message, failing.since()), now))
            : retry;
      }
    };
  }

  private Step applied(Attempt.Applied applied, Instant now) {
    Fights counted = progress.isInForce() && applied.foreign() ? fights.and(now) : fights.at(now);
    Progress.Settled settled = new Progress.Settled(applied.versions());
    boolean changedMeanwhile =
        changes.entrySet().stream()
            .anyMatch(c -> !c.getValue().equals(settled.versions().get(c.getKey())));
    if (counted.areTooMany()) {
      return contended(settled, counted, changedMeanwhile, now);
    }
    boolean news = !(progress instanceof Progress.Settled) || applied.wrote();
    Keeping idle = idle(settled, counted);
    Step step = changedMeanwhile ? idle.attempt() : idle.stay();
    return news ? step.telling(report(wanted.fence(), told(applied), now)) : step;
  }

  private Step contended(
      Progress.Settled settled, Fights counted, boolean changedMeanwhile, Instant now) {
    Progress.Contended contended = Progress.Contended.after(progress, settled, counted, now);
    Step quiet =
        idle(contended, counted).wake(now.plus(changedMeanwhile ? WHILE_CONTENDED : Fights.WINDOW));
    return contended.reportedAt().equals(now)
        ? quiet.telling(
            report(wanted.fence(), new Outcome.Failed(counted.message(), contended.since()), now))
        : quiet;
  }

  private Step changed(String object, String version, Instant now) {
    if (attempting) {
      Map<String, String> more = new HashMap<>(changes);
      more.put(object, version);
      return new Keeping(wanted, progress, true, more, fights, wakeAt).stay();
    }
    return switch (progress) {
      case Progress.Settled(var versions) -> {
        if (version.equals(versions.get(object))) {
          yield stay();
        }
        yield version.isEmpty() ? wakeBy(now.plus(BEFORE_MAKING_AGAIN)) : attempt();
      }
      case Progress.Contended(var versions, _, _) ->
          version.equals(versions.get(object)) ? stay() : wakeBy(now.plus(WHILE_CONTENDED));
      // What was wrong may have been mended just now.
      case Progress.Failing _, Progress.Due _ -> wakeBy(now.plus(BEFORE_READING_AGAIN));
      case Progress.Superseded _ -> stay();
    };
  }

  private Step attempt() {
    return new Step(
        new Keeping(wanted, progress, true, Map.of(), fights, Optional.empty()),
        List.of(new Effect.Apply(wanted)));
  }

  private Step wakeBy(Instant at) {
    return wakeAt.isPresent() && !wakeAt.get().isAfter(at) ? stay() : wake(at);
  }

  private Step wake(Instant at) {
    return new Step(
        new Keeping(wanted, progress, attempting, changes, fights, Optional.of(at)),
        List.of(new Effect.Wake(at)));
  }

  private Step stay() {
    return new Step(this, List.of());
  }

  private Keeping idle(Progress next, Fights counted) {
    return new Keeping(wanted, next, false, Map.of(), counted, Optional.empty());
  }

  private static Outcome told(Attempt.Applied applied) {
    return new Outcome.Applied(applied.weight(), applied.previousWeight(), applied.objects());
  }

  private Effect report(Fence fence, Outcome outcome, Instant now) {
    return new Effect.Report(
        new TrafficApplied(wanted.uid(), wanted.namespace(), wanted.name(), fence, outcome, now));
  }
}
