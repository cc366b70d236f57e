package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.StatusView;
import java.util.List;

/**
 * The fields of a Rollout's status that tools write as commands, and those that we read back.
 *
 * @param abort whether it is aborted, or is to be
 * @param promoteFull whether a full promotion is under way, or is asked for
 * @param pauses why nothing moves, each with its moment; cleared to go on
 * @param step the current step; -1 where there are none
 * @param stableHash the stable revision
 * @param weight of the canary
 * @param row the version of the stored state that this was computed from
 */
record Status(
    boolean abort,
    boolean promoteFull,
    List<String> pauses,
    int step,
    String stableHash,
    int weight,
    long row) {

  static final Status NOTHING = new Status(false, false, List.of(), -1, "", 0, 0);

  static Status of(Rollout rollout, long version) {
    StatusView view = StatusView.of(rollout);
    return new Status(
        view.aborted(),
        view.promoteFull(),
        view.pauses().stream().map(p -> p.reason().text() + "@" + p.since()).toList(),
        view.stepIndex(),
        view.stableHash(),
        view.weights() == null ? 0 : view.weights().canary(),
        version);
  }

  /** Whether it says the same, whatever it was computed from. */
  boolean saysTheSameAs(Status other) {
    return new Status(
            other.abort,
            other.promoteFull,
            other.pauses,
            other.step,
            other.stableHash,
            other.weight,
            row)
        .equals(this);
  }

  Status withAbort(boolean wanted) {
    return new Status(wanted, promoteFull, pauses, step, stableHash, weight, row);
  }

  Status withPromoteFull() {
    return new Status(abort, true, pauses, step, stableHash, weight, row);
  }

  Status withoutPauses() {
    return new Status(abort, promoteFull, List.of(), step, stableHash, weight, row);
  }

  Status atStep(int wanted) {
    return new Status(abort, promoteFull, pauses, wanted, stableHash, weight, row);
  }
}
