package dev.sluice.orchestrator;

import dev.sluice.events.RolloutFact;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How ReplicaSets that are no longer wanted go: never before the last share was verifiably taken
 * from them.
 */
final class Retirements {

  private Retirements() {}

  /** A promotion has made another ReplicaSet the stable one. Without a router it goes as it can. */
  static void replaced(Turn turn, String before) {
    if (turn.specification.isRouted()) {
      turn.retirements.put(before, new Retirement.Waiting(turn.specification.scaleDownDelay()));
    }
  }

  /** The stable revision is wanted again: what was to replace it stays as long as an old one. */
  static void givenUp(Turn turn, String podHash) {
    if (!podHash.isEmpty() && !turn.retirements.containsKey(podHash)) {
      replaced(turn, podHash);
    }
  }

  /** The update was taken back. Without a router its pods go as stable ones come. */
  static void aborted(Turn turn) {
    if (turn.specification.isRouted()) {
      turn.retirements.put(
          turn.revision.podHash(),
          switch (turn.specification.abortScaleDownDelay()) {
            case Specification.AbortDelay.After(var delay) -> new Retirement.Waiting(delay);
            case Specification.AbortDelay.Never() -> new Retirement.Kept();
          });
    }
  }

  static boolean advance(Turn turn) {
    boolean changed = false;
    for (String podHash : List.copyOf(turn.retirements.keySet())) {
      changed |= advance(turn, podHash, turn.retirements.get(podHash));
    }
    return changed | limit(turn);
  }

  // Of the old ones that wait for the end of their delay only the newest may go on waiting. The
  // one that was aborted just now is not old.
  private static boolean limit(Turn turn) {
    List<String> tooMany =
        turn.retirements.entrySet().stream()
            .filter(each -> each.getValue() instanceof Retirement.Until)
            .map(Map.Entry::getKey)
            .filter(podHash -> !isCurrent(turn, podHash))
            .sorted(Comparator.comparingInt((String podHash) -> revision(turn, podHash)).reversed())
            .skip(turn.specification.scaling().delayedRevisions())
            .toList();
    tooMany.forEach(podHash -> turn.retirements.put(podHash, new Retirement.Over(turn.now)));
    return !tooMany.isEmpty();
  }

  private static int revision(Turn turn, String podHash) {
    Cluster.ReplicaSet seen = turn.cluster.replicaSets().get(podHash);
    return seen == null ? 0 : seen.revision();
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
    if (delay.isZero()) {
      turn.retirements.put(podHash, new Retirement.Over(null));
    } else {
      Instant deadline = turn.now.plus(delay);
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
    Rollout rollout = turn.state();
    return !Exposure.of(rollout).pointsAt(podHash)
        && rollout.carriesEverything(rollout.stableHash());
  }
}
