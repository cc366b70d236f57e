package dev.sluice.system.simulator.invariant;

import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.Step;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.Optional;

/**
 * I1 and I9 without a router: a setWeight step is done only when the canary pods of that weight are
 * available, and the others are as many as the weight leaves them; one pod may be lacking to the
 * exact number, as pods cannot be divided.
 *
 * <p>Exceptions: a pod that a Service needs stays, whatever the weight. The user may say how many
 * are enough.
 */
public final class StepHasItsPods implements Invariant {

  private final Headcount pods = new Headcount();

  @Override
  public String id() {
    return "I9 by pods";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided) || !pods.hears(decided)) {
      return Optional.empty();
    }
    Rollout next = decided.decision().next();
    for (Decision.Entry entry : decided.decision().entries()) {
      if (entry.fact() instanceof RolloutFact.StepCompleted(int step, _, _)
          && step <= next.specification().steps().size()
          && next.specification().steps().get(step - 1).main()
              instanceof Step.SetWeight(int weight)) {
        Optional<String> wrong = wrong(decided.before(), next, weight);
        if (wrong.isPresent()) {
          return wrong;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> wrong(Rollout before, Rollout next, int weight) {
    Cluster told = pods.cluster();
    int all = next.specification().replicas();
    String canary = next.revision().podHash();
    String stable = before.stableHash();
    int canaries = fewest(weight, all);
    int others = fewest(Specification.PERCENT - weight, all);
    boolean enough = told.carrying(canary) >= Shares.enough(next.specification(), canaries);
    boolean notTooMany =
        told.wanted(stable) <= Math.max(1, all + 1 - canaries)
            && told.wanted(canary) <= Math.max(1, all + 1 - others);
    return enough && notTooMany
        ? Optional.empty()
        : Optional.of(
            "weight %d of %d pods is reached with %d of %d canary and %d stable ones"
                .formatted(
                    weight, all, told.carrying(canary), told.wanted(canary), told.wanted(stable)));
  }

  private static int fewest(int weight, int all) {
    int whole = weight * all / Specification.PERCENT;
    return weight > 0 && all > 1 ? Math.max(1, whole) : whole;
  }
}
