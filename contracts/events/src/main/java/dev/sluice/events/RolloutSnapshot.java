package dev.sluice.events;

import java.time.Instant;

/**
 * Where a Rollout stands. The last record of a key holds.
 *
 * @param uid the Rollout
 * @param namespace of it
 * @param name of it
 * @param fence of the last decision
 * @param revision 1, 2, 3, ...
 * @param phase Healthy, Progressing, Paused or Degraded
 * @param message why; may be empty
 * @param step the current step's index; equal to {@code steps} when all are done
 * @param steps how many steps there are
 * @param currentPodHash of the wanted pod template
 * @param stablePodHash of the last promoted one; empty before the first
 * @param desiredWeight of the canary
 * @param appliedWeight as read back; -1 where nothing was read back yet
 * @param aborted whether the update was taken back
 * @param at of the last decision
 */
public record RolloutSnapshot(
    String uid,
    String namespace,
    String name,
    Fence fence,
    int revision,
    String phase,
    String message,
    int step,
    int steps,
    String currentPodHash,
    String stablePodHash,
    int desiredWeight,
    int appliedWeight,
    boolean aborted,
    Instant at)
    implements Message {

  @Override
  public String key() {
    return uid;
  }
}
