package dev.sluice.events;

import java.time.Instant;

/**
 * Somebody wants a Rollout to do something. An action with an argument that is not its own is no
 * command: it can neither be written nor read.
 *
 * @param id idempotency key: a repeated command changes nothing
 * @param uid the Rollout
 * @param action what is wanted
 * @param actor who wants it, as authenticated
 * @param at when
 * @param argument what the action needs to be told
 */
public record RolloutCommand(
    String id, String uid, Action action, String actor, Instant at, @Nullable Argument argument)
    implements Message {

  /** Refuses what makes no sense. */
  public RolloutCommand {
    // All commands without an id would be one, and only the first of them would be answered.
    if (id != null && id.isBlank()) {
      throw new IllegalArgumentException("a command needs an id");
    }
    boolean fits =
        switch (action) {
          case ABORT, RETRY, PROMOTE, PROMOTE_FULL, PAUSE, RESUME -> argument == null;
          case UNDO -> argument == null || argument instanceof Argument.Revision;
          case RESTART -> argument == null || argument instanceof Argument.Moment;
          case SET_IMAGE -> argument instanceof Argument.Image;
          case TERMINATE -> argument instanceof Argument.Run;
          case null -> true;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          argument == null
              ? action + " needs an argument"
              : action + " takes no " + argument.getClass().getSimpleName());
    }
  }

  /** A command that needs to be told nothing more. */
  public RolloutCommand(String id, String uid, Action action, String actor, Instant at) {
    this(id, uid, action, actor, at, null);
  }

  /** What a person or tool may ask for. */
  public enum Action {
    /** Take the canary back. Beats everything. */
    ABORT,
    /** Start the aborted update again from its first step. */
    RETRY,
    /** End the current pause, or skip the current step; a halt by the user ends too. */
    PROMOTE,
    /** Skip all steps, pauses and analysis; a halt by the user ends too. */
    PROMOTE_FULL,
    /** Halt everything: {@code spec.paused}. */
    PAUSE,
    /** End the user's halt, and no pause of the steps. */
    RESUME,
    /** Bring the pod template of an earlier revision back: the one before, unless it is named. */
    UNDO,
    /** Replace all pods that are older than a moment: now, unless it is named. */
    RESTART,
    /** Give a container another image. */
    SET_IMAGE,
    /** End an analysis run. */
    TERMINATE
  }

  /** What an action needs to be told. */
  public sealed interface Argument {

    /** The revision to go back to; 0 is the one before. */
    record Revision(int number) implements Argument {}

    /** Pods that were created before it are replaced; it may be in the future. */
    record Moment(Instant time) implements Argument {}

    /** The image for a container; {@code *} stands for all containers. */
    record Image(String container, String image) implements Argument {}

    /** The name of an AnalysisRun. */
    record Run(String name) implements Argument {}
  }

  @Override
  public String key() {
    return uid;
  }
}
