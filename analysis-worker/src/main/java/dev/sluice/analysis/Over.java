package dev.sluice.analysis;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.Message;
import dev.sluice.events.VerdictReached;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run with its verdict. Nothing changes it.
 *
 * @param desired what was wanted
 * @param recorded completed
 */
record Over(AnalysisDesired desired, AnalysisProgress recorded) implements Run {

  @Override
  public Optional<AnalysisProgress> progress() {
    return Optional.of(recorded);
  }

  @Override
  public Decision on(Signal signal, Instant now) {
    return switch (signal) {
      // Asked once more: the verdict did not arrive. The same again is the same message.
      case Signal.Wanted _ -> new Decision(this, List.of(new Effect.Publish(verdict())));
      case Signal.Answered _, Signal.Woken _ -> Decision.stay(this);
    };
  }

  /** The end of a run, with what is still to be published before it. */
  static Decision concluded(
      AnalysisDesired desired,
      AnalysisProgress progress,
      Verdict verdict,
      List<Message> before,
      Instant now) {
    AnalysisProgress last =
        new AnalysisProgress(
            progress.run(),
            progress.uid(),
            progress.namespace(),
            progress.name(),
            progress.epoch(),
            verdict.phase(),
            verdict.message(),
            progress.startedAt(),
            now,
            verdict.metrics());
    Over over = new Over(desired, last);
    List<Effect> effects = new ArrayList<>();
    before.forEach(message -> effects.add(new Effect.Publish(message)));
    effects.add(new Effect.Publish(last));
    effects.add(new Effect.Publish(over.verdict()));
    return new Decision(over, effects);
  }

  private VerdictReached verdict() {
    return new VerdictReached(
        recorded.run(),
        recorded.uid(),
        recorded.namespace(),
        desired.rollout(),
        recorded.epoch(),
        desired.role(),
        recorded.phase(),
        recorded.message(),
        recorded.metrics(),
        recorded.completedAt());
  }
}
