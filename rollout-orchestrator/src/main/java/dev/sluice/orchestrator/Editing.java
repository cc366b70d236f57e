package dev.sluice.orchestrator;

import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Edits.Requested;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a command changes the user's specification: the decision is logged, then the change is
 * written over exactly the generation that it was meant for, until it is seen there. What the user
 * changes himself meanwhile holds.
 */
final class Editing {

  private static final String CHANGED_MEANWHILE = "it was changed meanwhile";

  private Editing() {}

  /** Takes a change on, to be written when all before it are. */
  static void request(Turn turn, String command, Edit edit) {
    turn.edits = turn.edits.with(new Requested(command, edit, turn.observedGeneration));
  }

  /**
   * The cluster is as it is seen now. The object is marked by the command whose change was written
   * last; and what an undo would copy may be gone.
   */
  static void observed(Turn turn, Cluster cluster) {
    turn.edits.pending().stream()
        .filter(each -> each.command().equals(cluster.shown().command()))
        .findFirst()
        .ifPresent(written -> confirm(turn, written));
    drop(
        turn,
        each ->
            each.edit() instanceof Edit.Template.Undo(int revision)
                && cluster.ofRevision(revision).isEmpty(),
        "that revision is gone");
  }

  /** The specification is another one, or seen again. */
  static void observed(Turn turn, Specification before, Specification after) {
    Edits edits = turn.edits;
    for (Requested each : edits.pending()) {
      if (edits.isFirstOfItsField(each) && each.edit().isIn(after, turn.cluster)) {
        confirm(turn, each);
      }
    }
    // What changed it may have been the command before.
    if (before != null && !turn.edits.ledTo(after.generation())) {
      drop(turn, each -> each.edit().isOverruled(before, after), CHANGED_MEANWHILE);
    }
    drop(
        turn,
        each -> each.edit() instanceof Edit.Template && after.workload() != null,
        "the pod template is that of a workload by now");
    turn.edits = turn.edits.over(after.generation());
  }

  /** The specification is unusable: whether its pod template is another one cannot be told. */
  static void unusable(Turn turn, long generation) {
    drop(
        turn,
        each ->
            each.edit() instanceof Edit.Template
                && each.generation() != generation
                && !turn.edits.ledTo(generation),
        CHANGED_MEANWHILE);
    turn.edits = turn.edits.over(generation);
  }

  /** Abort beats everything: what is not written yet does not start an update after it. */
  static void aborted(Turn turn) {
    drop(turn, each -> each.edit() instanceof Edit.Template, "the update was aborted");
  }

  /** Which command led to this specification; empty where none did. */
  static Optional<String> origin(Turn turn, Specification specification) {
    return turn.edits.ledTo(specification.generation())
            && turn.edits.last().edit() instanceof Edit.Template
        ? Optional.of(turn.edits.last().command())
        : Optional.empty();
  }

  private static void confirm(Turn turn, Requested requested) {
    turn.edits = turn.edits.confirmed(requested);
    turn.log(new RolloutFact.SpecificationChanged(requested.command(), requested.edit().text()));
  }

  private static void drop(Turn turn, Predicate<Requested> isOver, String why) {
    for (Requested each : turn.edits.pending()) {
      if (isOver.test(each)) {
        turn.edits = turn.edits.without(each);
        turn.log(
            new RolloutFact.SpecificationChangeDropped(each.command(), each.edit().text(), why));
      }
    }
  }
}
