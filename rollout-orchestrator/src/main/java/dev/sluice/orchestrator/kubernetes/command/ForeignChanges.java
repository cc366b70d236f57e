package dev.sluice.orchestrator.kubernetes.command;

import dev.sluice.orchestrator.Command;
import java.util.ArrayList;
import java.util.List;

/**
 * The three-way difference between what we wrote last, what is there, and what we would write now.
 * What differs from both of ours was written by somebody else, and is a command. Nothing is
 * overwritten before it was read this way.
 *
 * <p>Where it is in doubt whose writing it was, it is ours: a lost click is clicked again, an
 * invented one would raise a weight. Only an abort is believed in any case.
 */
public final class ForeignChanges {

  private ForeignChanges() {}

  /**
   * A command with the field that it was read from.
   *
   * @param field the name of the status field
   * @param command what is asked for
   */
  public record Change(String field, Command command) {}

  /**
   * What others ask for, in the order in which it is to be given.
   *
   * @param ours what we may have written last. Usually one status; two where a write was begun and
   *     its end is not known; none where we never wrote
   * @param seen what is there
   * @param would what we would write now
   */
  public static List<Change> commands(
      List<CommandFields> ours, CommandFields seen, CommandFields would) {
    // Another controller has answered it, and that was taken over with everything else.
    if (ours.isEmpty() && seen.abort() && !seen.abortedAt().isEmpty()) {
      return List.of();
    }
    List<CommandFields> bases = bases(ours, seen);
    if (seen.abort() && !would.abort() && bases.stream().noneMatch(CommandFields::abort)) {
      // Abort beats everything, so whatever else was asked for at the same time is not given.
      return List.of(new Change("abort", new Command.Abort()));
    }
    List<Change> common = null;
    for (CommandFields base : bases) {
      List<Change> changes = since(base, seen, would);
      if (common == null) {
        common = changes;
      } else {
        common.retainAll(changes);
      }
    }
    return common == null ? List.of() : common;
  }

  // Of two writings the one that is there, if that can be told.
  private static List<CommandFields> bases(List<CommandFields> ours, CommandFields seen) {
    List<CommandFields> there =
        ours.stream().filter(base -> base.witness().equals(seen.witness())).toList();
    return there.size() == 1 ? there : ours;
  }

  private static List<Change> since(CommandFields ours, CommandFields seen, CommandFields would) {
    List<Change> changes = new ArrayList<>();
    // What was asked of another revision than the one that we would show now is over with it.
    if (!seen.podHash().equals(would.podHash())) {
      return changes;
    }
    if (ours.abort()
        && !seen.abort()
        && would.abort()
        && ours.abortedAt().equals(would.abortedAt())) {
      changes.add(new Change("abort", new Command.Retry()));
    }
    if (seen.promoteFull() && !ours.promoteFull() && !would.promoteFull()) {
      changes.add(new Change("promoteFull", new Command.PromoteFull()));
      return changes;
    }
    if (seen.step() >= 0 && seen.step() != ours.step() && seen.step() != would.step()) {
      changes.add(new Change("currentStepIndex", new Command.SkipTo(seen.step())));
    } else if (isUnpaused(ours, seen, would)) {
      changes.add(new Change("pauseConditions", new Command.Resume()));
    }
    return changes;
  }

  // A pause that we wrote, that is gone, and that we still hold: by its start, because the pause of
  // a later step is another one.
  private static boolean isUnpaused(CommandFields ours, CommandFields seen, CommandFields would) {
    return would.pauses().stream()
        .anyMatch(pause -> ours.pauses().contains(pause) && !seen.pauses().contains(pause));
  }
}
