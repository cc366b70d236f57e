package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.PauseCondition;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.time.Instant;
import java.util.Optional;

/**
 * I6: while paused, neither index nor weight rises without a command or the pause's own timer; and
 * a pause lasts at least its time. An edit of the Rollout is a command too: a new template, other
 * steps, or the end of the halt itself.
 *
 * <p>What rises is what is desired: a weight that was on its way to the route when a user halted
 * everything still lands. Exceptions: a first deployment has no steps; it counts as complete before
 * any of its pods is available, paused or not, as tools expect it. And in the pause of a step the
 * canary gets back what it had lost with its pods, up to the weight of that step.
 */
public final class PauseMeansStill implements Invariant {

  @Override
  public String id() {
    return "I6";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided)
        || !decided.before().isKnown()
        || !decided.before().isHalted()
        || decided.before().progress() instanceof Progress.Installing) {
      return Optional.empty();
    }
    Rollout before = decided.before();
    Rollout next = decided.decision().next();
    boolean rises =
        Essence.step(next) > Essence.step(before)
            || (next.route().desiredWeight() > before.route().desiredWeight()
                && !comesBack(before, next));
    boolean allowed =
        switch (decided.told()) {
          case Signal.CommandReceived _, Signal.SpecificationObserved _, Signal.RolloutGone _ ->
              true;
          case Signal.TimerFired _ -> isOver(before, decided.at());
          default -> false;
        };
    return rises && !allowed
        ? Optional.of("it moves on in a pause, by " + decided.told())
        : Optional.empty();
  }

  private static boolean comesBack(Rollout before, Rollout next) {
    return before.specification().isRouted()
        && before.progress() instanceof Progress.Stepping(int step)
        && before.pauses().stream().allMatch(p -> p.reason() == PauseCondition.Reason.STEP)
        && !before.specification().paused()
        && before.problem().isEmpty()
        && before.quarantine().isEmpty()
        && next.route().desiredWeight() <= before.specification().weightAt(step);
  }

  private static boolean isOver(Rollout rollout, Instant now) {
    return !rollout.specification().paused()
        && rollout.problem().isEmpty()
        && rollout.quarantine().isEmpty()
        && rollout.pauses().stream().allMatch(p -> isOver(p, now));
  }

  private static boolean isOver(PauseCondition pause, Instant now) {
    return pause.until() != null && !now.isBefore(pause.until());
  }
}
