package dev.sluice.orchestrator;

import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Restart.Awaited;
import dev.sluice.orchestrator.Restart.Done;
import dev.sluice.orchestrator.Restart.Never;
import dev.sluice.orchestrator.Restart.UnderWay;
import java.time.Instant;

/** What {@code spec.restartAt} leads to. */
final class Restarts {

  private Restarts() {}

  /** The user's wish, which may be the one that is known. */
  static void observed(Turn turn) {
    Instant wanted = turn.specification.restartAt();
    Instant known =
        switch (turn.restart) {
          case Never() -> null;
          case Awaited(Instant at) -> at;
          case UnderWay(Instant at) -> at;
          case Done(Instant at) -> at;
        };
    if (wanted == null) {
      turn.restart = new Never();
    } else if (!wanted.equals(known)) {
      turn.restart = new Awaited(wanted);
      due(turn);
    }
  }

  /** A new revision has new pods only. */
  static void overtaken(Turn turn) {
    Instant wanted = turn.specification.restartAt();
    turn.restart = wanted == null ? new Never() : new Done(wanted);
  }

  static void due(Turn turn) {
    if (turn.restart instanceof Awaited(Instant at) && !at.isAfter(turn.now)) {
      turn.restart = new UnderWay(at);
      turn.log(new RolloutFact.RestartStarted(at));
      turn.progressed();
    }
  }

  /** No pod is older than this any more. */
  static void done(Turn turn, Instant at) {
    if (turn.restart instanceof UnderWay(Instant wanted) && wanted.equals(at)) {
      turn.restart = new Done(at);
      turn.log(new RolloutFact.PodsRestarted(at));
      turn.progressed();
    }
  }
}
