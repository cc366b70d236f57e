package dev.sluice.orchestrator;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which changes of the specification were asked for by commands.
 *
 * @param pending accepted and not yet seen in it; they are written in this order
 * @param last that was seen in it; null if none was
 */
public record Edits(List<Requested> pending, Requested last) {

  /** Nobody has asked for any. */
  public static final Edits NONE = new Edits(List.of(), null);

  /**
   * One of them.
   *
   * @param command its id. The object is marked with it in the same write, so that a change is made
   *     once, whoever changes the field afterwards
   * @param edit what is asked for
   * @param generation of the object over which it may be written, and no other
   */
  public record Requested(String command, Edit edit, long generation) {}

  /** Copies the list. */
  public Edits {
    pending = List.copyOf(pending);
  }

  /** Whether another pod template is on its way into the specification. */
  boolean changeTheTemplate() {
    return pending.stream().anyMatch(requested -> requested.edit() instanceof Edit.Template);
  }

  /** Whether everything is or will be halted by the user. */
  boolean pausedWith(Specification specification) {
    return pending.stream()
        .map(Requested::edit)
        .filter(Edit.Pause.class::isInstance)
        .map(edit -> ((Edit.Pause) edit).paused())
        .reduce((_, later) -> later)
        .orElse(specification.paused());
  }

  /** Whether nothing that is pending comes before it in its field. */
  boolean isFirstOfItsField(Requested requested) {
    return pending.stream()
        .filter(each -> each.edit().isAboutTheSameAs(requested.edit()))
        .findFirst()
        .filter(requested::equals)
        .isPresent();
  }

  /** Whether the object has this generation because of the last change. */
  boolean ledTo(long generation) {
    return last != null && last.generation() + 1 == generation;
  }

  Edits with(Requested requested) {
    return new Edits(Stream.concat(pending.stream(), Stream.of(requested)).toList(), last);
  }

  Edits without(Requested requested) {
    return new Edits(pending.stream().filter(each -> !each.equals(requested)).toList(), last);
  }

  Edits confirmed(Requested requested) {
    return new Edits(without(requested).pending, requested);
  }

  /** The same, to be written over this generation. */
  Edits over(long generation) {
    return new Edits(
        pending.stream()
            .map(each -> new Requested(each.command(), each.edit(), generation))
            .toList(),
        last);
  }
}
