package dev.sluice.orchestrator;

import dev.sluice.events.ImagePushed;
import dev.sluice.events.RolloutFact;

/** When a pushed image becomes the wanted one. */
final class Pushes {

  private Pushes() {}

  static void reported(Turn turn, ImagePushed pushed) {
    Specification.PushRule rule = turn.specification == null ? null : turn.specification.pushRule();
    if (rule == null
        || !rule.repository().equals(pushed.repository())
        || !rule.tag().equals(pushed.tag())) {
      return;
    }
    String image = pushed.repository() + "@" + pushed.digest();
    if (isWanted(turn, image)) {
      turn.push = turn.push.notBefore(pushed.pushedAt());
      turn.log(new RolloutFact.ImagePushIgnored(pushed.id(), image, "it is already wanted"));
    } else if (pushed.pushedAt().isBefore(turn.push.pushedAt())) {
      turn.log(
          new RolloutFact.ImagePushIgnored(
              pushed.id(), image, "it was pushed before the wanted one"));
    } else {
      String previous = wantedImage(turn, pushed.repository());
      turn.push =
          new Push(
              pushed.id(),
              image,
              pushed.repository(),
              pushed.digest(),
              pushed.pushedAt(),
              turn.revision.podHash(),
              true);
      turn.log(new RolloutFact.ImagePushAccepted(pushed.id(), image, previous));
    }
  }

  /** The specification has changed: has it the pushed image, or did somebody overrule it? */
  static void observed(Turn turn) {
    if (!turn.push.pending()) {
      return;
    }
    if (turn.specification.images().contains(turn.push.image())) {
      // One that took the place of another before that was written: nothing is left to be written.
      if (turn.specification.podHash().equals(turn.push.basePodHash())) {
        turn.log(
            new RolloutFact.ImagePushIgnored(
                turn.push.id(), turn.push.image(), "the pod template has it already"));
      }
      turn.push = turn.push.confirmed();
    } else if (!turn.specification.podHash().equals(turn.push.basePodHash())) {
      turn.push = turn.push.confirmed();
      turn.log(
          new RolloutFact.ImagePushIgnored(
              turn.push.id(), turn.push.image(), "the pod template was changed meanwhile"));
    }
  }

  private static boolean isWanted(Turn turn, String image) {
    return turn.push.pending()
        ? turn.push.image().equals(image)
        : turn.specification.images().contains(image);
  }

  private static String wantedImage(Turn turn, String repository) {
    if (turn.push.pending()) {
      return turn.push.image();
    }
    return turn.specification.images().stream()
        .filter(i -> repositoryOf(i).equals(repository))
        .findFirst()
        .orElse("");
  }

  /** The repository of an image reference, without tag and digest. */
  public static String repositoryOf(String image) {
    String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }
}
