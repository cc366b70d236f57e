package dev.sluice.system.simulator.invariant;

import dev.sluice.events.PluginAnswer;
import dev.sluice.orchestrator.Plugins;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.Signal;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.Optional;

/**
 * I5: a measurement or verdict changes state only if its run is active and its epoch current; so
 * does the answer of a step plugin if its call is the one that is waited for.
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
          case Signal.PluginAnswered(PluginAnswer answer) -> isWaitedFor(decided.before(), answer);
          default -> true;
        };
    boolean changed = !Essence.of(decided.before()).equals(Essence.of(decided.decision().next()));
    return allowed || !changed
        ? Optional.empty()
        : Optional.of(decided.told() + " changed the state, but nobody waited for it");
  }

  private static boolean isWaitedFor(Rollout rollout, PluginAnswer answer) {
    Plugins.Call call = rollout.plugins().call();
    return call != null
        && call.epoch() == rollout.epoch()
        && answer.epoch() == call.epoch()
        && answer.step() == call.step()
        && answer.operation() == call.operation()
        && answer.execution() == call.execution();
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
