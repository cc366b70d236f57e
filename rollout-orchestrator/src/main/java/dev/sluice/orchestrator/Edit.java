package dev.sluice.orchestrator;

import java.time.Instant;
import java.util.Objects;

/** A change of the user's specification that somebody asks for by a command. */
public sealed interface Edit {

  /** Whether everything is to be halted. */
  record Pause(boolean paused) implements Edit {}

  /**
   * Pods that are older are to be replaced.
   *
   * @param at than this; null: than the moment at which it is decided
   */
  record Restart(Instant at) implements Edit {}

  /** Another pod template. */
  sealed interface Template extends Edit {

    /**
     * That of an earlier revision.
     *
     * @param revision its number; 0: the one before the wanted one
     */
    record Undo(int revision) implements Template {}

    /**
     * The one that is there, with another image.
     *
     * @param container its name; {@code *} for all
     * @param image as it is to be written
     */
    record SetImage(String container, String image) implements Template {

      /** Whether the image is for this container. */
      public boolean isFor(String name) {
        return container.equals("*") || container.equals(name);
      }
    }
  }

  /** Whether both are about the same field: then the later one holds. */
  default boolean isAboutTheSameAs(Edit other) {
    return switch (this) {
      case Pause _ -> other instanceof Pause;
      case Restart _ -> other instanceof Restart;
      case Template _ -> other instanceof Template;
    };
  }

  /** Whether a specification is as it is to be. */
  default boolean isIn(Specification specification, Cluster cluster) {
    return switch (this) {
      case Pause(boolean paused) -> specification.paused() == paused;
      case Restart(Instant at) -> Objects.equals(specification.restartAt(), at);
      case Template.Undo(int revision) ->
          cluster
              .ofRevision(revision)
              .filter(there -> there.podHash().equals(specification.podHash()))
              .isPresent();
      case Template.SetImage image ->
          specification.containers().stream()
              .filter(container -> image.isFor(container.name()))
              .allMatch(container -> container.image().equals(image.image()));
    };
  }

  /** Whether somebody changed what it is about. */
  default boolean isOverruled(Specification before, Specification after) {
    return switch (this) {
      case Pause _ -> before.paused() != after.paused();
      case Restart _ -> !Objects.equals(before.restartAt(), after.restartAt());
      case Template _ -> !before.podHash().equals(after.podHash());
    };
  }

  /** As the log names it. */
  default String text() {
    return switch (this) {
      case Pause(boolean paused) -> paused ? "pause" : "unpause";
      case Restart(Instant at) -> at == null ? "restart" : "restart at " + at;
      case Template.Undo(int revision) -> revision == 0 ? "undo" : "undo to revision " + revision;
      case Template.SetImage(String container, String image) ->
          "set image " + container + "=" + image;
    };
  }
}
