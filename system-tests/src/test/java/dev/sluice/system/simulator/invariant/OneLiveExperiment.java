package dev.sluice.system.simulator.invariant;

import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.StepExperiment;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.Optional;

/**
 * I23, for experiments: one is live at most, of the wanted revision; and when all has come to rest,
 * no object of another one goes on.
 */
public final class OneLiveExperiment implements Invariant {

  private String live = "";

  @Override
  public String id() {
    return "I23 (experiments)";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (seen instanceof Observation.CameToRest) {
      String awaited =
          world
              .rollout()
              .map(rollout -> rollout.experiment())
              .filter(StepExperiment::isLive)
              .map(StepExperiment::name)
              .orElse("");
      return world.liveExperiments().stream()
          .filter(name -> !name.equals(awaited))
          .findFirst()
          .map(name -> name + " goes on, and nobody waits for it");
    }
    if (!(seen instanceof Decided decided)) {
      return Optional.empty();
    }
    for (Decision.Entry entry : decided.decision().entries()) {
      switch (entry.fact()) {
        case RolloutFact.ExperimentStarted started -> {
          if (!live.isEmpty()) {
            return Optional.of(started.experiment() + " is started while " + live + " goes on");
          }
          live = started.experiment();
        }
        case RolloutFact.ExperimentTerminated _ -> live = "";
        case RolloutFact.ExperimentPhaseChanged changed when changed.to().isCompleted() ->
            live = "";
        default -> {}
      }
    }
    return Optional.ofNullable(decided.decision().next().experiment())
        .filter(each -> each.revision() != decided.decision().next().revision().number())
        .map(each -> each.name() + " is waited for at another revision");
  }
}
