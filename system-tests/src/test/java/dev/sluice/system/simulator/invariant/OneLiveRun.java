package dev.sluice.system.simulator.invariant;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisDesired.Wanted;
import dev.sluice.events.AnalysisRole;
import dev.sluice.orchestrator.Decision.Outgoing;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * I23: at most one live update per Rollout, and one live analysis run per role. A run lives from
 * when it is first asked for until it is told to stop or forgotten, and it is the current
 * revision's.
 */
public final class OneLiveRun implements Invariant {

  private final Map<AnalysisRole, String> live = new EnumMap<>(AnalysisRole.class);

  @Override
  public String id() {
    return "I23";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided)) {
      return Optional.empty();
    }
    for (Outgoing outgoing : decided.decision().outgoing()) {
      switch (outgoing) {
        case Outgoing.Publish(_, AnalysisDesired wanted) when wanted.wanted() == Wanted.MEASURE -> {
          String other = live.put(wanted.role(), wanted.run());
          if (other != null && !other.equals(wanted.run())) {
            return Optional.of(wanted.run() + " is to be measured while " + other + " is");
          }
        }
        case Outgoing.Publish(_, AnalysisDesired wanted) ->
            live.remove(wanted.role(), wanted.run());
        case Outgoing.Forget(_, String key) -> live.values().remove(key);
        case Outgoing.Publish _ -> {}
      }
    }
    return ofAnother(decided.decision().next());
  }

  private static Optional<String> ofAnother(Rollout rollout) {
    return rollout.runs().values().stream()
        .filter(run -> run.revision() != rollout.revision().number())
        .findFirst()
        .map(run -> run.id() + " is waited for at revision " + rollout.revision().number());
  }
}
