package dev.sluice.orchestrator.kubernetes.event;

import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Retells the log of one Rollout, entry by entry. It remembers as much as it needs to tell what
 * Argo Rollouts tells and no more: whether an update is under way, which runs nobody waits for, and
 * how many details were told lately.
 */
public final class Narrator {

  private boolean updating;
  private final Set<String> setAside = new HashSet<>();
  private final DetailBudget details = new DetailBudget();

  /** A narrator at the beginning of a log, or somewhere in it. */
  public Narrator() {}

  /** What this entry, which follows those told before, is in Events. */
  public List<Told> tell(RolloutEvent entry) {
    List<Told> told = FactTexts.of(entry, updating, setAside);
    switch (entry.fact()) {
      case RolloutFact.RevisionStarted started ->
          updating = !started.podHash().equals(started.stablePodHash());
      case RolloutFact.RolloutCompleted _ -> updating = false;
      case RolloutFact.AnalysisTerminated terminated -> setAside.add(terminated.run());
      case RolloutFact.AnalysisPhaseChanged changed when changed.to().isCompleted() ->
          setAside.remove(changed.run());
      default -> {}
    }
    return told.stream()
        .filter(each -> each.kind() != Told.Kind.DETAIL || details.take(entry.at()))
        .toList();
  }
}
