package dev.sluice.system.simulator.invariant;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Step;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.List;
import java.util.Optional;

/**
 * I7, for experiments: their steps are done only when the Experiment that was made for them has
 * succeeded, and nobody had asked for its end. And I5: of no other one any phase is noted.
 */
public final class ExperimentsPassOnSuccess implements Invariant {

  private String awaited = "";
  private String passed = "";

  @Override
  public String id() {
    return "I7 (experiments)";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided) || !decided.decision().next().isKnown()) {
      return Optional.empty();
    }
    List<Step> steps = decided.decision().next().specification().steps();
    for (Decision.Entry entry : decided.decision().entries()) {
      Optional<String> wrong = wrong(entry.fact(), steps, world);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<String> wrong(RolloutFact fact, List<Step> steps, World world) {
    switch (fact) {
      case RolloutFact.ExperimentStarted started -> {
        awaited = started.experiment();
        passed = "";
      }
      case RolloutFact.ExperimentTerminated _ -> passed = "";
      case RolloutFact.ExperimentPhaseChanged changed -> {
        if (!changed.experiment().equals(awaited)) {
          return Optional.of(changed + ", and " + awaited + " is waited for");
        }
        if (changed.to() == AnalysisPhase.SUCCESSFUL) {
          if (!world.experimentSucceeded(awaited)) {
            return Optional.of(awaited + " did not succeed");
          }
          passed = awaited;
        }
      }
      case RolloutFact.StepCompleted(int step, _, _)
          when step <= steps.size() && steps.get(step - 1) instanceof Step.Experiment -> {
        if (passed.isEmpty()) {
          return Optional.of("step " + step + " is done, and its experiment did not succeed");
        }
        passed = "";
      }
      default -> {}
    }
    return Optional.empty();
  }
}
