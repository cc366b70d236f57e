package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Specification;
import dev.sluice.system.simulator.invariant.Observation.SelectorWritten;
import dev.sluice.system.simulator.invariant.Observation.SizeWritten;
import dev.sluice.system.simulator.invariant.Observation.WeightWritten;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * I8: a ReplicaSet is never scaled below what its traffic share needs; never to 0 while weight or a
 * selector points at it.
 *
 * <p>Exceptions. A write that was computed and checked against a row that moved on while it was on
 * its way (a size, or the selector that makes the size too small), and one that is there but that
 * nobody has seen yet, is repaired within three seconds of undisturbed time: no store knows what
 * another system has just accepted. A stranger's weight counts for nothing, nor what he made of a
 * selector. A Service that selects no hash yet points at every ReplicaSet, but needs no size of it:
 * one that was given up before it had a pod may go, and one that a slipped write took away does not
 * come back. A size that is written as it was is not scaled. Fewer canary pods than the weight
 * needs are right where the user asks for so few. Without a router it is {@link
 * MissingWithinBudget} that holds.
 */
public final class CapacityCarriesItsShare implements Invariant {

  /** Within this a slipped write is repaired. */
  static final Duration REPAIR = Duration.ofSeconds(3);

  private final Map<String, Instant> slipped = new TreeMap<>();
  private final Set<String> slippedSelectors = new HashSet<>();
  private int weight = -1;

  @Override
  public String id() {
    return "I8";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (weight < 0 && world.rollout().filter(r -> r.revision() != null).isPresent()) {
      weight = world.isForeign() ? shown(world) : world.weight();
    }
    if (world.isSelectorForeign() || world.rollout().filter(Headcount::isByPods).isPresent()) {
      slipped.clear();
    }
    switch (seen) {
      case WeightWritten written when !written.isForeign() -> weight = written.after();
      case SelectorWritten(_, _, String after, _, boolean outdated) -> {
        if (outdated) {
          slippedSelectors.add(after);
        } else {
          slippedSelectors.remove(after);
        }
      }
      case SizeWritten written -> {
        return sized(written, world);
      }
      default -> {}
    }
    return slipped.isEmpty() ? Optional.empty() : unrepaired(world);
  }

  // What a Rollout of the same name has left on the route goes with it, and is not shown.
  private static int shown(World world) {
    return world.rollout().orElseThrow().cluster().shown().weight();
  }

  private Optional<String> sized(SizeWritten written, World world) {
    boolean byPods = Headcount.isByPods(world.rollout().orElseThrow());
    if (byPods || world.isSelectorForeign() || written.after() == written.before()) {
      return Optional.empty();
    }
    if (!isTooSmall(written.podHash(), written.after(), world)) {
      slipped.remove(written.podHash());
      return Optional.empty();
    }
    if (isGivenUp(written.podHash(), world) && hasNoPods(written.podHash(), world)) {
      return Optional.empty();
    }
    boolean slips =
        written.outdated()
            || slippedSelectors.contains(written.podHash())
            || isUnseen(written.podHash(), world);
    if (slips) {
      slipped.putIfAbsent(written.podHash(), world.now());
      return Optional.empty();
    }
    return Optional.of(
        "%s is scaled from %d to %d, but has %d of the traffic"
            .formatted(
                written.podHash(),
                written.before(),
                written.after(),
                Shares.of(world, specification(world), weight, written.podHash())));
  }

  private Optional<String> unrepaired(World world) {
    for (Map.Entry<String, Instant> one : Map.copyOf(slipped).entrySet()) {
      OptionalInt size = world.size(one.getKey());
      if (size.isEmpty()
          || !isTooSmall(one.getKey(), size.getAsInt(), world)
          || isGivenUp(one.getKey(), world)) {
        slipped.remove(one.getKey());
        continue;
      }
      Duration undisturbed =
          Duration.between(one.getValue(), world.now()).minus(world.troubledSince(one.getValue()));
      if (undisturbed.compareTo(REPAIR) > 0) {
        return Optional.of(
            "%s is too small with %d, for %s"
                .formatted(one.getKey(), size.getAsInt(), undisturbed));
      }
    }
    return Optional.empty();
  }

  private boolean isTooSmall(String podHash, int size, World world) {
    Specification specification = specification(world);
    if (specification.replicas() == 0) {
      return false;
    }
    int needed = isUnselected(world) ? 0 : needed(world, specification, weight, podHash);
    return size < needed || (size == 0 && Shares.isSelected(world, podHash));
  }

  private static int needed(World world, Specification specification, int weight, String podHash) {
    int share = Shares.of(world, specification, weight, podHash);
    Rollout rollout = world.rollout().orElseThrow();
    boolean canary =
        podHash.equals(rollout.revision().podHash()) && !podHash.equals(world.stableSelector());
    return canary ? Shares.canaryPods(rollout, share) : Shares.pods(specification, share);
  }

  private static boolean isGivenUp(String podHash, World world) {
    Rollout rollout = world.rollout().orElseThrow();
    return isUnselected(world)
        && !podHash.equals(rollout.revision().podHash())
        && !podHash.equals(rollout.stableHash());
  }

  private static boolean hasNoPods(String podHash, World world) {
    return world.rollout().orElseThrow().cluster().available(podHash) == 0;
  }

  private static boolean isUnselected(World world) {
    return world.canarySelector().isEmpty() || world.stableSelector().isEmpty();
  }

  // A Service points at it, but nobody knows yet.
  private static boolean isUnseen(String podHash, World world) {
    Cluster seen = world.rollout().orElseThrow().cluster();
    boolean canary = world.canarySelector().equals(podHash);
    boolean stable = world.stableSelector().equals(podHash);
    return (canary && !seen.canarySelector().equals(podHash))
        || (stable && !seen.stableSelector().equals(podHash));
  }

  private static Specification specification(World world) {
    return world.rollout().orElseThrow().specification();
  }
}
