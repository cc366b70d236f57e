package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * I8: a ReplicaSet is never scaled below what its traffic share needs; never to 0 while a selector
 * points at it. Without a router, all together never have fewer available pods than maxUnavailable
 * leaves, or than they had.
 *
 * <p>Exception: sizes that the manifest asks for explicitly; no pods that are wanted.
 */
final class CapacityCarriesItsShare implements Invariant {

  private static final int DEFAULT_PERCENT = 25;

  @Override
  public String id() {
    return "I8";
  }

  @Override
  public Optional<String> violation(Scene before, Scene after) {
    if (!after.rollout().isObject() || after.replicas() == 0 || after.hasExplicitSizes()) {
      return Optional.empty();
    }
    for (String hash : after.hashes()) {
      if (after.size(hash) < before.size(hash)) {
        Optional<String> wrong =
            after.isRouted() ? tooSmall(hash, before, after) : tooFew(hash, before, after);
        if (wrong.isPresent()) {
          return wrong;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> tooSmall(String hash, Scene before, Scene after) {
    int share = after.share(hash);
    boolean selected = after.canarySelector().equals(hash) || after.stableSelector().equals(hash);
    return after.size(hash) < after.pods(share) || (after.size(hash) == 0 && selected)
        ? Optional.of(
            "%s is scaled from %d to %d, but has %d of the traffic"
                .formatted(hash, before.size(hash), after.size(hash), share))
        : Optional.empty();
  }

  private static Optional<String> tooFew(String hash, Scene before, Scene after) {
    int had = carrying(before);
    int has = carrying(after);
    int needed = after.replicas() - maxUnavailable(after);
    return has < Math.min(had, needed)
        ? Optional.of(
            "%s is scaled from %d to %d, which leaves %d pods of %d that are needed"
                .formatted(hash, before.size(hash), after.size(hash), has, needed))
        : Optional.empty();
  }

  private static int carrying(Scene scene) {
    return scene.hashes().stream().mapToInt(scene::carrying).sum();
  }

  private static int maxUnavailable(Scene scene) {
    int unavailable = count(scene.canary().path("maxUnavailable"), scene.replicas(), false);
    int surge = count(scene.canary().path("maxSurge"), scene.replicas(), true);
    return unavailable == 0 && surge == 0 ? 1 : unavailable;
  }

  private static int count(JsonNode value, int replicas, boolean up) {
    if (value.isInt()) {
      return value.asInt();
    }
    int percent =
        value.isTextual() ? Integer.parseInt(value.asText().replace("%", "")) : DEFAULT_PERCENT;
    return (percent * replicas + (up ? 99 : 0)) / 100;
  }
}
