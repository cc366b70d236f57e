package dev.sluice.orchestrator;

import dev.sluice.events.RolloutFact;
import java.util.Comparator;

/** What a new or changed specification leads to. */
final class Specifications {

  private static final Comparator<Cluster.ReplicaSet> AGE =
      Comparator.comparing(Cluster.ReplicaSet::createdAt)
          .thenComparing(Cluster.ReplicaSet::revision);

  private static final String BACK_TO_STABLE = "Rollback to stable ReplicaSets";

  private Specifications() {}

  static void observed(Turn turn, Specification specification) {
    if (specification.generation() < turn.observedGeneration) {
      return;
    }
    adopt(turn, specification.generation());
    if (!turn.problem.isEmpty()) {
      turn.problem = "";
      turn.log(new RolloutFact.SpecificationRestored());
      turn.progressed();
    }
    Specification before = turn.specification;
    if (before != null && before.paused() && !specification.paused()) {
      turn.progressed();
    }
    turn.specification = specification;
    turn.observedGeneration = specification.generation();
    turn.routeStale |= before != null && !sameRoute(before, specification);
    turn.swapped &= specification.isPingPong();
    turn.cluster =
        turn.cluster.inParts(turn.swapped || turn.revision == null && turn.cluster.swapped());
    if (before != null && before.isRouted() && !specification.isRouted()) {
      Routes.leave(turn, before);
    }
    Pushes.observed(turn);
    Editing.observed(turn, before, specification);
    Restarts.observed(turn);
    if (turn.revision == null || !turn.revision.podHash().equals(specification.podHash())) {
      startRevision(turn);
    } else if (!turn.revision.stepsHash().equals(specification.stepsHash())) {
      changeSteps(turn);
    }
    if (specification.paused()) {
      Steps.halted(turn);
    } else if (before != null && before.paused()) {
      Steps.resumed(turn);
    }
  }

  static void unusable(Turn turn, long generation, String message) {
    if (generation < turn.observedGeneration) {
      return;
    }
    Editing.unusable(turn, generation);
    if (message.equals(turn.problem)) {
      turn.observedGeneration = generation;
      return;
    }
    adopt(turn, generation);
    turn.problem = message;
    turn.observedGeneration = generation;
    turn.log(new RolloutFact.SpecificationRejected(message));
  }

  static void replicaSetRefused(Turn turn, String podHash, String message) {
    boolean isWanted = turn.revision != null && turn.revision.podHash().equals(podHash);
    if (isWanted && !turn.cluster.has(podHash) && !message.equals(turn.refusal)) {
      turn.refusal = message;
      turn.log(
          new RolloutFact.ReplicaSetRefused(
              turn.state().replicaSetName(podHash), turn.revision.number(), message));
    }
  }

  private static void adopt(Turn turn, long generation) {
    if (turn.epoch == 0) {
      turn.raiseEpoch();
      turn.log(new RolloutFact.RolloutAdopted(generation));
    }
  }

  private static boolean sameRoute(Specification a, Specification b) {
    return a.splitting().equals(b.splitting())
        && a.canaryService().equals(b.canaryService())
        && a.stableService().equals(b.stableService());
  }

  private static void startRevision(Turn turn) {
    Specification specification = turn.specification;
    String podHash = specification.podHash();
    boolean first = turn.revision == null;
    if (!first) {
      turn.raiseEpoch();
    }
    reset(turn, "a new pod template");
    Timing before = turn.timing;
    String left = first ? "" : turn.revision.podHash();
    turn.attempts.clear();
    turn.retirements.remove(podHash);
    turn.timing = Timing.started(turn.now);
    Restarts.overtaken(turn);
    boolean inherited = first && Takeover.of(turn);
    if (!first && hasServedNobody(turn)) {
      turn.stableHash = "";
    }
    int number =
        first && (inherited || turn.stableHash.isEmpty())
            ? firstNumber(turn, podHash)
            : nextNumber(turn);
    String cause = inherited ? Revision.TAKEN_OVER : cause(turn);
    turn.revision = new Revision(number, podHash, specification.stepsHash(), cause, turn.now);
    turn.refusal = "";
    String replicaSet = turn.state().replicaSetName(podHash);
    turn.log(
        new RolloutFact.RevisionStarted(
            number, podHash, replicaSet, turn.stableHash, specification.images(), cause));
    if (!turn.cluster.has(podHash)) {
      turn.log(new RolloutFact.ReplicaSetCreated(replicaSet, number));
    }
    turn.progress = inherited ? Takeover.begin(turn) : begin(turn, before, left);
  }

  private static String cause(Turn turn) {
    return turn.push.basePodHash().isEmpty()
            || !turn.specification.images().contains(turn.push.image())
        ? Editing.origin(turn, turn.specification)
            .map(command -> "command " + command)
            .orElse("the pod template changed")
        : "push " + turn.push.id();
  }

  private static Progress begin(Turn turn, Timing before, String left) {
    String podHash = turn.specification.podHash();
    if (turn.stableHash.isEmpty()) {
      return new Progress.Installing();
    }
    if (podHash.equals(turn.stableHash)) {
      turn.log(new RolloutFact.StepsSkipped(BACK_TO_STABLE));
      turn.timing = backToStable(turn, before);
      Retirements.givenUp(turn, left);
      return new Progress.Settling();
    }
    if (isWithinWindow(turn, podHash)) {
      turn.log(
          new RolloutFact.StepsSkipped("Rollback to active ReplicaSets within RollbackWindow"));
      return new Progress.Promoting(Progress.Reason.WITHIN_WINDOW);
    }
    return Steps.first(turn);
  }

  // What ends here is the update that was under way; after an abort there is none.
  private static Timing backToStable(Turn turn, Timing before) {
    return before.isRunning()
        ? before.finished("FastRolledBack", turn.now)
        : turn.timing.finished("Promoted", turn.now);
  }

  // The first deployment never came up, and no route has begun: there is nothing to compare with,
  // nobody to protect, and no stable side that could take what the canary does not get. Without a
  // router pods alone are the weights, and the steps go on beside pods that are dead.
  private static boolean hasServedNobody(Turn turn) {
    return turn.specification.isRouted()
        && turn.route.desired() == null
        && !turn.everHealthy
        && turn.cluster.stableSelector().isEmpty()
        && turn.cluster.available(turn.stableHash) == 0;
  }

  private static int firstNumber(Turn turn, String podHash) {
    Cluster.ReplicaSet seen = turn.cluster.replicaSets().get(podHash);
    return seen != null && seen.revision() > 0 ? seen.revision() : nextNumber(turn);
  }

  private static int nextNumber(Turn turn) {
    int highest = turn.revision == null ? 0 : turn.revision.number();
    for (Cluster.ReplicaSet replicaSet : turn.cluster.replicaSets().values()) {
      highest = Math.max(highest, replicaSet.revision());
    }
    return highest + 1;
  }

  // Source: argo-rollouts, rollbackWindow: older than stable, and fewer than N ReplicaSets strictly
  // between. Kubernetes keeps whole seconds: of two that were created in the same one, the lower
  // revision is the older.
  private static boolean isWithinWindow(Turn turn, String podHash) {
    Cluster.ReplicaSet target = turn.cluster.replicaSets().get(podHash);
    Cluster.ReplicaSet stable = turn.cluster.replicaSets().get(turn.stableHash);
    if (turn.specification.rollbackWindow() == 0 || target == null || stable == null) {
      return false;
    }
    long between =
        turn.cluster.replicaSets().values().stream()
            .filter(r -> AGE.compare(target, r) < 0 && AGE.compare(r, stable) < 0)
            .count();
    return AGE.compare(target, stable) < 0 && between < turn.specification.rollbackWindow();
  }

  private static void changeSteps(Turn turn) {
    turn.revision =
        new Revision(
            turn.revision.number(),
            turn.revision.podHash(),
            turn.specification.stepsHash(),
            turn.revision.cause(),
            turn.revision.startedAt());
    RolloutFact changed = new RolloutFact.StepsChanged(turn.specification.steps().size());
    switch (turn.progress) {
      case Progress.Stepping _, Progress.Promoting _, Progress.Aborted _ -> {
        turn.raiseEpoch();
        reset(turn, "the steps were changed");
        turn.retirements.remove(turn.revision.podHash());
        turn.log(changed);
        turn.timing = Timing.started(turn.now);
        turn.progress = Steps.first(turn);
      }
      case Progress.Settling _, Progress.Settled _ -> {
        turn.log(changed);
        turn.log(new RolloutFact.StepsSkipped(BACK_TO_STABLE));
      }
      case Progress.Installing _ -> turn.log(changed);
      case Progress.Gone _ -> {}
    }
  }

  private static void reset(Turn turn, String why) {
    Runs.setAside(turn, why);
    turn.plugins = Plugins.NONE;
    Steps.endPauses(turn, why);
    turn.shownPaused = false;
    turn.progressed();
  }
}
