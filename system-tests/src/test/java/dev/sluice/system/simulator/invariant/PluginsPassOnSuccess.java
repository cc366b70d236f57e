package dev.sluice.system.simulator.invariant;

import dev.sluice.events.PluginOperation;
import dev.sluice.events.PluginPhase;
import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Step;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * I7, for step plugins: their steps are done only when the plugin has answered so, or is switched
 * off. Silence and errors never count as success.
 */
public final class PluginsPassOnSuccess implements Invariant {

  private final Set<Integer> passed = new HashSet<>();

  @Override
  public String id() {
    return "I7 (plugins)";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided) || !decided.decision().next().isKnown()) {
      return Optional.empty();
    }
    List<Step> steps = decided.decision().next().specification().steps();
    for (Decision.Entry entry : decided.decision().entries()) {
      Optional<String> wrong = wrong(decided, entry, steps, world);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<String> wrong(
      Decided decided, Decision.Entry entry, List<Step> steps, World world) {
    switch (entry.fact()) {
      case RolloutFact.RevisionStarted _,
          RolloutFact.StepsChanged _,
          RolloutFact.RolloutRetried _ ->
          passed.clear();
      case RolloutFact.StepPluginSkipped(int step, _) -> passed.add(step);
      case RolloutFact.StepPluginAnswered answered
          when answered.operation() == PluginOperation.RUN
              && answered.to() == PluginPhase.SUCCESSFUL -> {
        String call =
            "%s/%d/%d/%s/%d"
                .formatted(
                    decided.before().identity().uid(),
                    entry.epoch(),
                    answered.step(),
                    answered.operation().text(),
                    answered.execution());
        if (!world.pluginSucceeded(call)) {
          return Optional.of("nobody answered " + call + " so");
        }
        passed.add(answered.step());
      }
      case RolloutFact.StepCompleted(int step, _, _)
          when step <= steps.size()
              && steps.get(step - 1) instanceof Step.Plugin
              && !passed.contains(step - 1) -> {
        return Optional.of("step " + step + " is done, and its plugin did not say so");
      }
      default -> {}
    }
    return Optional.empty();
  }
}
