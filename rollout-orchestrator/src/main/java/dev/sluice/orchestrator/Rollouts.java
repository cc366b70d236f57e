package dev.sluice.orchestrator;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The committed states of all Rollouts that this instance works on. */
public interface Rollouts {

  /** The last committed state; empty where the uid was never seen. */
  Optional<Committed> find(String uid);

  /** The last committed state of every Rollout that is not gone. */
  List<Committed> all();

  /**
   * Calls back after each commit, in the order of the commits of one Rollout; the callee must not
   * block.
   */
  void onCommit(Consumer<Committed> listener);

  /**
   * A committed state.
   *
   * @param rollout the state
   * @param version of its row: a write to the cluster that was computed from an older one is
   *     dropped
   */
  record Committed(Rollout rollout, long version) {}
}
