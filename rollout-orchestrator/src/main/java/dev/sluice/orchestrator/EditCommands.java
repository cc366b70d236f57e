package dev.sluice.orchestrator;

import dev.sluice.orchestrator.Commands.Answer;
import dev.sluice.orchestrator.Edit.Template.SetImage;
import dev.sluice.orchestrator.Edit.Template.Undo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;

/** Whether a change of the specification makes sense, and what exactly it is. */
final class EditCommands {

  private EditCommands() {}

  static Answer answer(Turn turn, String id, Edit edit) {
    return switch (edit) {
      case Edit.Pause(boolean paused) ->
          turn.edits.pausedWith(turn.specification) == paused && turn.problem.isEmpty()
              ? new Answer.Superseded(paused ? "it is paused already" : "it is not paused")
              : accepted(turn, id, edit);
      case Edit.Restart(Instant at) -> restart(turn, id, at);
      case Undo(int revision) -> undo(turn, id, revision);
      case SetImage image -> setImage(turn, id, image);
    };
  }

  private static Answer accepted(Turn turn, String id, Edit edit) {
    return new Answer.Accepted(() -> Editing.request(turn, id, edit));
  }

  // Kubernetes knows whole seconds.
  private static Answer restart(Turn turn, String id, Instant at) {
    Instant moment = (at == null ? turn.now : at).truncatedTo(ChronoUnit.SECONDS);
    return moment.equals(turn.specification.restartAt()) && turn.problem.isEmpty()
        ? new Answer.Superseded("that restart is known already")
        : accepted(turn, id, new Edit.Restart(moment));
  }

  private static Answer undo(Turn turn, String id, int revision) {
    OptionalInt target = revision == 0 ? before(turn) : OptionalInt.of(revision);
    if (target.isEmpty()) {
      return new Answer.Rejected("there is no earlier revision");
    }
    if (turn.cluster.ofRevision(target.getAsInt()).isEmpty()) {
      return new Answer.Rejected("there is no revision " + target.getAsInt());
    }
    return template(turn, id, new Undo(target.getAsInt()));
  }

  private static OptionalInt before(Turn turn) {
    return turn.cluster.replicaSets().values().stream()
        .mapToInt(Cluster.ReplicaSet::revision)
        .filter(number -> number > 0 && number < turn.revision.number())
        .max();
  }

  private static Answer setImage(Turn turn, String id, SetImage image) {
    if (image.image().isBlank()) {
      return new Answer.Rejected("there is no image without a name");
    }
    if (turn.specification.containers().stream().noneMatch(each -> image.isFor(each.name()))) {
      return new Answer.Rejected("there is no container " + image.container());
    }
    return template(turn, id, image);
  }

  private static Answer template(Turn turn, String id, Edit.Template wanted) {
    Specification.Workload workload = turn.specification.workload();
    if (workload != null) {
      return new Answer.Rejected(
          "the pod template is that of the %s %s: change it there"
              .formatted(workload.kind(), workload.name()));
    }
    boolean isThere =
        turn.problem.isEmpty()
            && !turn.edits.changeTheTemplate()
            && wanted.isIn(turn.specification, turn.cluster);
    return isThere
        ? new Answer.Superseded("the pod template is like that already")
        : accepted(turn, id, wanted);
  }
}
