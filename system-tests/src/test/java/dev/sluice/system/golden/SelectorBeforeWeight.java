package dev.sluice.system.golden;

import java.util.Optional;
import java.util.Set;

/**
 * I10: a selector is switched before the weight that depends on it rises: the canary's before the
 * canary gets more, the stable one before the stable side gets more.
 *
 * <p>Exception: an abort points the canary Service at the stable pods before a raise that was on
 * its way has landed.
 */
final class SelectorBeforeWeight implements Invariant {

  @Override
  public String id() {
    return "I10";
  }

  @Override
  public Optional<String> violation(Scene before, Scene after) {
    if (!after.isRouted() || after.weight() == before.weight()) {
      return Optional.empty();
    }
    String current = after.status().path("currentPodHash").asText();
    if (after.weight() > before.weight()) {
      return after.isAborted() || after.canarySelector().equals(current)
          ? Optional.empty()
          : wrong("canary", after.canarySelector(), before, after);
    }
    return allowed(after, current).contains(after.stableSelector())
        ? Optional.empty()
        : wrong("stable", after.stableSelector(), before, after);
  }

  // Behind the last step the route goes back to the stable side only when that is the new one.
  private static Set<String> allowed(Scene scene, String current) {
    boolean promoted =
        !scene.isAborted()
            && scene.steps() > 0
            && scene.status().path("currentStepIndex").asInt() == scene.steps();
    String stable = scene.status().path("stableRS").asText();
    return promoted || stable.equals(current) ? Set.of(current) : Set.of(stable, current);
  }

  private static Optional<String> wrong(
      String service, String selector, Scene before, Scene after) {
    return Optional.of(
        "weight %d -> %d, but the %s Service selects '%s'"
            .formatted(before.weight(), after.weight(), service, selector));
  }
}
