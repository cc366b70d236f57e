package dev.sluice.system.simulator.invariant;

import dev.sluice.events.AnalysisRole;
import dev.sluice.events.PluginAnswer;
import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Plugins;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Timers;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.Optional;

/**
 * I5: a measurement or verdict changes state only if its run is active and its epoch current. For
 * the run of a step that is the Rollout's epoch; for one beside the steps, any since its update was
 * last begun, taken back or sped up. The answer of a step plugin counts if its call is the one that
 * is waited for.
 *
 * <p>Exception: that a run which was set aside has ended is noted and logged, so that its record on
 * the compacted topic can go. Nothing else changes by that. And whatever comes when a timer is due
 * does the timer's work.
 */
public final class VerdictsAreCurrent implements Invariant {

  private long begun;

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
    decided.decision().entries().stream()
        .filter(entry -> isBeginning(entry.fact()))
        .forEach(entry -> begun = entry.epoch());
    boolean changed = !Essence.of(decided.before()).equals(Essence.of(decided.decision().next()));
    return allowed || !changed || isTimerDue(decided)
        ? Optional.empty()
        : Optional.of(decided.told() + " changed the state, but nobody waited for it");
  }

  private static boolean isTimerDue(Decided decided) {
    return Timers.of(decided.before()).values().stream()
        .anyMatch(due -> !due.isAfter(decided.at()));
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

  private boolean isActive(Rollout rollout, String id, long epoch) {
    return rollout.runs().values().stream()
        .anyMatch(run ->
            run.id().equals(id)
                && run.epoch() == epoch
                && (run.role() == AnalysisRole.STEP ? epoch == rollout.epoch() : epoch >= begun)
                && !run.isCompleted());
  }

  private static boolean isBeginning(RolloutFact fact) {
    return fact instanceof RolloutFact.RevisionStarted
        || fact instanceof RolloutFact.StepsChanged
        || fact instanceof RolloutFact.RolloutAborted
        || fact instanceof RolloutFact.RolloutRetried
        || fact instanceof RolloutFact.FullPromotionRequested
        || fact instanceof RolloutFact.EpochRaised;
  }
}
