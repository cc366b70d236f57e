package dev.sluice.system.simulator.invariant;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.MetricProgress;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.VerdictReached;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Step;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * I7: Error, Inconclusive and missing data never count as success. A gate passes only on a verdict
 * whose every metric with a say was successful, on no more successes than there were good answers.
 * And no update is promoted beside a run that proved nothing, unless somebody says so, or edits the
 * Rollout.
 */
public final class OnlySuccessPasses implements Invariant {

  private final Map<String, VerdictReached> verdicts = new HashMap<>();

  @Override
  public String id() {
    return "I7";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided)) {
      return Optional.empty();
    }
    if (decided.message() instanceof VerdictReached verdict) {
      verdicts.putIfAbsent(verdict.run() + "@" + verdict.epoch(), verdict);
    }
    if (isPromotedUnproven(decided)) {
      return Optional.of("promoted beside " + decided.before().run(AnalysisRole.BACKGROUND));
    }
    List<Step> steps =
        decided.decision().next().isKnown()
            ? decided.decision().next().specification().steps()
            : List.of();
    for (Decision.Entry entry : decided.decision().entries()) {
      if (entry.fact() instanceof RolloutFact.StepCompleted(int step, _, _)
          && step <= steps.size()
          && steps.get(step - 1) instanceof Step.Analysis) {
        Optional<String> wrong =
            passed(decided.before().run(AnalysisRole.STEP).orElse(null), step - 1, world);
        if (wrong.isPresent()) {
          return wrong;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isPromotedUnproven(Decided decided) {
    return !(decided.told() instanceof Signal.CommandReceived)
        && !(decided.told() instanceof Signal.SpecificationObserved)
        && decided.decision().entries().stream()
            .anyMatch(entry -> entry.fact() instanceof RolloutFact.RolloutCompleted)
        && decided
            .before()
            .run(AnalysisRole.BACKGROUND)
            .filter(run ->
                run.isCompleted() && (run.phase() != AnalysisPhase.SUCCESSFUL || run.terminated()))
            .isPresent();
  }

  private Optional<String> passed(Run run, int step, World world) {
    if (run == null || run.step() != step) {
      return Optional.of("the gate of step " + step + " passed without a run");
    }
    VerdictReached verdict = verdicts.get(run.id() + "@" + run.epoch());
    if (verdict == null || verdict.phase() != AnalysisPhase.SUCCESSFUL) {
      return Optional.of("the gate of " + run.id() + " passed on " + verdict);
    }
    for (MetricProgress metric : verdict.evidence()) {
      boolean good =
          metric.phase() == AnalysisPhase.SUCCESSFUL
              && metric.successful() > 0
              && metric.successful() <= world.goodAnswers(run.id(), metric.name());
      if (!metric.dryRun() && !good) {
        return Optional.of("the gate of " + run.id() + " passed on " + metric);
      }
    }
    return Optional.empty();
  }
}
