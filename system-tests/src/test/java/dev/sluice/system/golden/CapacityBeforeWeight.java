package dev.sluice.system.golden;

import java.util.Optional;

/**
 * I9: going up, capacity and then weight: a raise lands on pods that are available; what the canary
 * loses the stable side must carry likewise.
 *
 * <p>Exceptions. A fall waits for nothing where the stable side was never made smaller (no
 * dynamicStableScale), or where the canary has no pods. Where both Services select the same pods, a
 * weight has no meaning. Sizes that the manifest asks for explicitly. A raise under the fence that
 * was there is somebody else's.
 */
final class CapacityBeforeWeight implements Invariant {

  @Override
  public String id() {
    return "I9";
  }

  @Override
  public Optional<String> violation(Scene before, Scene after) {
    String canary = after.canarySelector();
    String stable = after.stableSelector();
    if (!after.isRouted() || canary.equals(stable) || after.hasExplicitSizes()) {
      return Optional.empty();
    }
    boolean byOthers = !after.fence().isEmpty() && after.fence().equals(before.fence());
    if (after.weight() > before.weight() && byOthers) {
      return Optional.empty();
    }
    if (after.weight() > before.weight()) {
      return missing(before, after, canary, after.weight());
    }
    boolean free = !after.isDynamic() || after.carrying(canary) == 0;
    return after.weight() < before.weight() && !free
        ? missing(before, after, stable, after.maxWeight() - after.weight())
        : Optional.empty();
  }

  private static Optional<String> missing(Scene before, Scene after, String hash, int share) {
    return after.carrying(hash) < after.pods(share)
        ? Optional.of(
            "weight %d -> %d on %d available pods of %s, which needs %d"
                .formatted(
                    before.weight(), after.weight(), after.carrying(hash), hash, after.pods(share)))
        : Optional.empty();
  }
}
