package dev.sluice.orchestrator;

import dev.sluice.events.RolloutFact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How ReplicaSets that are no longer wanted go: never before the last share was verifiably taken
 * from them.
 */
final class Retirements {

  private Retirements() {}

  static boolean advance(Turn turn) {
    boolean changed = false;
    for (String podHash : List.copyOf(turn.retirements.keySet())) {
      changed |= advance(turn, podHash, turn.retirements.get(podHash));
    }
    return changed;
  }

  private static boolean advance(Turn turn, String podHash, Retirement retirement) {
    if (isWantedAgain(turn, podHash)) {
      turn.retirements.remove(podHash);
      return true;
    }
    return switch (retirement) {
      case Retirement.Waiting(Duration delay) when isFree(turn, podHash) -> {
        schedule(turn, podHash, delay);
        yield true;
      }
      // It has gone; an aborted revision keeps the mark until it is tried again.
      case Retirement.Over _ when !isCurrent(turn, podHash) && isEmpty(turn, podHash) -> {
        turn.retirements.remove(podHash);
        yield true;
      }
      case Retirement.Waiting _, Retirement.Until _, Retirement.Over _, Retirement.Kept _ -> false;
    };
  }

  static void due(Turn turn, String podHash) {
    if (turn.retirements.get(podHash) instanceof Retirement.Until(Instant deadline)
        && !deadline.isAfter(turn.now)) {
      turn.retirements.put(podHash, new Retirement.Over(deadline));
    }
  }

  private static void schedule(Turn turn, String podHash, Duration delay) {
    Instant deadline = turn.now.plus(delay);
    if (delay.isZero()) {
      turn.retirements.put(podHash, new Retirement.Over(deadline));
    } else {
      turn.retirements.put(podHash, new Retirement.Until(deadline));
      turn.log(new RolloutFact.ScaleDownDelayed(turn.state().replicaSetName(podHash), deadline));
    }
  }

  private static boolean isWantedAgain(Turn turn, String podHash) {
    return podHash.equals(turn.stableHash)
        || (isCurrent(turn, podHash) && !(turn.progress instanceof Progress.Aborted));
  }

  private static boolean isCurrent(Turn turn, String podHash) {
    return podHash.equals(turn.revision.podHash());
  }

  private static boolean isEmpty(Turn turn, String podHash) {
    Cluster.ReplicaSet seen = turn.cluster.replicaSets().get(podHash);
    return seen == null || (seen.wanted() == 0 && seen.actual() == 0);
  }

  private static boolean isFree(Turn turn, String podHash) {
    return !Exposure.of(turn.state()).pointsAt(podHash)
        && turn.cluster.carrying(turn.stableHash) >= turn.specification.replicas();
  }
}
