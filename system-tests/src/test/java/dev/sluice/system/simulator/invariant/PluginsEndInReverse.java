package dev.sluice.system.simulator.invariant;

import dev.sluice.events.PluginOperation;
import dev.sluice.orchestrator.Plugins;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.List;
import java.util.Optional;

/**
 * What an abort takes back from step plugins it takes back in reverse order, and only an abort
 * does; at most one plugin is terminated.
 */
public final class PluginsEndInReverse implements Invariant {

  @Override
  public String id() {
    return "plugins in reverse";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided)) {
      return Optional.empty();
    }
    Rollout rollout = decided.decision().next();
    List<Integer> aborted = steps(rollout, PluginOperation.ABORT);
    for (int i = 1; i < aborted.size(); i++) {
      if (aborted.get(i) >= aborted.get(i - 1)) {
        return Optional.of("taken back in the order " + aborted);
      }
    }
    if (steps(rollout, PluginOperation.TERMINATE).size() > 1) {
      return Optional.of("more than one is terminated");
    }
    Plugins.Call call = rollout.plugins().call();
    boolean misplaced =
        call != null
            && switch (call.operation()) {
              case RUN -> !(rollout.progress() instanceof Progress.Stepping);
              case ABORT -> !(rollout.progress() instanceof Progress.Aborted);
              case TERMINATE ->
                  rollout.progress() instanceof Progress.Stepping
                      || rollout.progress() instanceof Progress.Aborted;
            };
    return misplaced
        ? Optional.of(call.operation() + " is called in " + rollout.progress())
        : Optional.empty();
  }

  private static List<Integer> steps(Rollout rollout, PluginOperation operation) {
    return rollout.plugins().works().stream()
        .filter(work -> work.operation() == operation)
        .map(Plugins.Work::step)
        .toList();
  }
}
