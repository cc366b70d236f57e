package dev.sluice.system.simulator.invariant;

import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Progress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * I14, for commands about the specification: what was accepted is written once at most, and ends in
 * exactly one entry that says whether it is there or was dropped.
 */
public final class ChangesMadeOnce implements Invariant {

  private final Set<String> written = new HashSet<>();
  private final Set<String> ended = new HashSet<>();

  @Override
  public String id() {
    return "I14 of changes";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Observation.SpecificationWritten(String command) ->
          written.add(command)
              ? Optional.empty()
              : Optional.of("what " + command + " asks for is written twice");
      case Observation.Decided decided -> ended(decided.decision());
      case Observation.CameToRest _ -> pending(world);
      default -> Optional.empty();
    };
  }

  private Optional<String> ended(Decision decision) {
    for (Decision.Entry entry : decision.entries()) {
      String command =
          switch (entry.fact()) {
            case RolloutFact.SpecificationChanged(String id, _) -> id;
            case RolloutFact.SpecificationChangeDropped(String id, _, _) -> id;
            default -> null;
          };
      if (command != null && !ended.add(command)) {
        return Optional.of("the change of " + command + " ends twice");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> pending(World world) {
    return world
        .rollout()
        .filter(rollout -> !(rollout.progress() instanceof Progress.Gone))
        .filter(rollout -> !rollout.edits().pending().isEmpty())
        .map(rollout -> "never written: " + rollout.edits().pending());
  }
}
