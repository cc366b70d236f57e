package dev.sluice.orchestrator;

import dev.sluice.events.RolloutSnapshot;
import dev.sluice.events.Topics;

/** Where the Rollout stands, for those who do not read the log. */
final class Snapshots {

  private Snapshots() {}

  static void publish(Turn turn) {
    if (turn.entries.isEmpty() || turn.progress instanceof Progress.Gone) {
      return;
    }
    Rollout rollout = turn.state();
    StatusView status = StatusView.of(rollout);
    turn.outgoing.add(
        new Decision.Outgoing.Publish(
            Topics.ROLLOUT_STATE,
            new RolloutSnapshot(
                turn.identity.uid(),
                turn.identity.namespace(),
                turn.identity.name(),
                turn.fence(),
                rollout.revision() == null ? 0 : rollout.revision().number(),
                status.phase(),
                status.message(),
                Math.max(0, status.stepIndex()),
                rollout.isKnown() ? rollout.specification().steps().size() : 0,
                rollout.revision() == null ? "" : rollout.revision().podHash(),
                rollout.stableHash(),
                rollout.route().desiredWeight(),
                rollout.route().appliedWeight(),
                rollout.isAborted(),
                turn.now)));
  }

  static void forget(Turn turn) {
    turn.outgoing.add(new Decision.Outgoing.Forget(Topics.TRAFFIC_DESIRED, turn.identity.uid()));
    turn.outgoing.add(new Decision.Outgoing.Forget(Topics.ROLLOUT_STATE, turn.identity.uid()));
  }
}
