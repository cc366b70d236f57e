package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.Optional;

/**
 * I5: a measurement or verdict changes state only if its run is active and its epoch current.
 *
 * <p>Exception: that a run which was set aside has ended is noted and logged, so that its record on
 * the compacted topic can go. Nothing else changes by that.
 */
public final class VerdictsAreCurrent implements Invariant {

  @Override
  public String id() {
    return "I5";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided)) {
      return Optional.empty();
    }
    boolean allowed =
        switch (decided.told()) {
          case Signal.VerdictReported(String run, long epoch, _, _) ->
              isActive(decided.before(), run, epoch);
          case Signal.RunReported(String run, long epoch, _) ->
              isActive(decided.before(), run, epoch);
          default -> true;
        };
    boolean changed = !Essence.of(decided.before()).equals(Essence.of(decided.decision().next()));
    return allowed || !changed
        ? Optional.empty()
        : Optional.of(decided.told() + " changed the state, but the run is not the current one");
  }

  private static boolean isActive(Rollout rollout, String id, long epoch) {
    Run run = rollout.run();
    return run != null
        && run.id().equals(id)
        && run.epoch() == epoch
        && epoch == rollout.epoch()
        && (run.phase() == null || !run.phase().isCompleted());
  }
}
