package dev.sluice.analysis;

import dev.sluice.events.Message;
import java.util.List;

/**
 * What a run becomes, and what is to be done for that.
 *
 * @param next the run from now on, once the messages are committed
 * @param effects in order; messages come first
 */
public record Decision(Run next, List<Effect> effects) {

  /** Copies the list. */
  public Decision {
    effects = List.copyOf(effects);
  }

  static Decision stay(Run run) {
    return new Decision(run, List.of());
  }

  /** What goes out in one transaction; mostly empty. */
  public List<Message> messages() {
    return effects.stream()
        .filter(Effect.Publish.class::isInstance)
        .map(effect -> ((Effect.Publish) effect).message())
        .toList();
  }
}
