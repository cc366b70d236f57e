package dev.sluice.system.simulator.invariant;

import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Decision;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.Optional;

/**
 * I4: the step index moves by +1 with a recorded completion, or is set by a recorded event that
 * names why.
 */
public final class IndexHasReasons implements Invariant {

  private static final int ANY = -1;

  @Override
  public String id() {
    return "I4";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided)) {
      return Optional.empty();
    }
    int index = Essence.step(decided.before());
    for (Decision.Entry entry : decided.decision().entries()) {
      switch (entry.fact()) {
        case RolloutFact.StepCompleted(int step, _, _) -> {
          if (index != ANY && index != step - 1) {
            return Optional.of("step %d completed at index %d".formatted(step, index));
          }
          index = step;
        }
        case RolloutFact.RevisionStarted _,
            RolloutFact.StepsChanged _,
            RolloutFact.StepsSkipped _,
            RolloutFact.RolloutRetried _,
            RolloutFact.FullPromotionRequested _,
            RolloutFact.RolloutAborted _,
            RolloutFact.RolloutCompleted _,
            RolloutFact.RolloutDeleted _ ->
            index = ANY;
        default -> {}
      }
    }
    int after = Essence.step(decided.decision().next());
    return index == ANY || index == after
        ? Optional.empty()
        : Optional.of("index %d is %d, and nothing says why".formatted(index, after));
  }
}
