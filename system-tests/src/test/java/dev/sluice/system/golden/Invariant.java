package dev.sluice.system.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that holds in a log of watches, whatever was done. An instance follows one log from its
 * beginning.
 */
interface Invariant {

  /** As in the design, for instance {@code I2}. */
  String id();

  /** What is wrong with the step from one scene to the next; empty if nothing is. */
  Optional<String> violation(Scene before, Scene after);

  /** What is wrong with how it ended. */
  default Optional<String> violationAtEnd(Scene end) {
    return Optional.empty();
  }

  /** All that a log shows to be violated. */
  static List<String> violations(List<Observed> log) {
    List<Invariant> all =
        List.of(
            new AbortOnlyFalls(),
            new CapacityCarriesItsShare(),
            new CapacityBeforeWeight(),
            new SelectorBeforeWeight());
    var violations = new ArrayList<String>();
    Scene scene = Scene.EMPTY;
    for (Observed line : log) {
      Scene before = scene;
      Scene after = scene.after(line);
      for (Invariant invariant : all) {
        invariant
            .violation(before, after)
            .ifPresent(
                text -> violations.add(invariant.id() + " at " + line.version() + ": " + text));
      }
      scene = after;
    }
    for (Invariant invariant : all) {
      invariant
          .violationAtEnd(scene)
          .ifPresent(text -> violations.add(invariant.id() + " at the end: " + text));
    }
    return violations;
  }
}
