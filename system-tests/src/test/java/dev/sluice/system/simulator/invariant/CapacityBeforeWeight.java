package dev.sluice.system.simulator.invariant;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficDesired;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Decision.Outgoing;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Sizes;
import dev.sluice.orchestrator.Specification;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.SizeWritten;
import dev.sluice.system.simulator.invariant.Observation.WeightWritten;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * I9: going up, capacity and then weight; going down, the weight is verified and then capacity goes
 * (that half is I8's). A raise is decided on canary pods that were seen available, and lands on a
 * ReplicaSet of that size; what the canary loses the stable side must carry likewise.
 *
 * <p>Exceptions. A fall waits for nothing where the stable side was never made smaller (no
 * dynamicStableScale), was waited for long enough, or cannot be larger (no replicas); where the
 * canary's pods are dead. Where both Services select the same pods, a weight has no meaning. A size
 * that slipped in between, or that nobody has seen yet (see I8), now or when the weight was
 * decided, is being repaired. The user may ask for fewer canary pods than a weight needs, and say
 * how many of them are enough. A number of replicas that changed while the weight was on its way
 * counts as it was or as it is, whichever needs least. An abort takes back a raise that may not
 * have landed, also where it has: a weight that rises after an abort would be worse (I2) than one
 * that falls before the stable side is large. What somebody else has put on the route before our
 * first wish is no raise of ours, and to put it right is no fall: until then the weight is the one
 * that status shows. What was on its way when the user took the router away means nothing any more.
 */
public final class CapacityBeforeWeight implements Invariant {

  /**
   * What a weight was decided on.
   *
   * @param replicas how many numbers of replicas there had been before
   * @param unseen hashes whose size was not as it had been told
   */
  private record Basis(
      TrafficDesired desired, Rollout rollout, int replicas, boolean free, Set<String> unseen) {

    String stable() {
      String selected = desired.stable().podHash();
      return selected.isEmpty() ? rollout.stableHash() : selected;
    }
  }

  private final Map<Fence, Basis> decided = new HashMap<>();
  private final List<Rollout> replicas = new ArrayList<>();
  private final Set<String> slipped = new HashSet<>();
  private Basis last;
  private Cluster told = Cluster.EMPTY;
  private int written = -1;

  @Override
  public String id() {
    return "I9";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Decided one -> decided(one, world);
      case SizeWritten size -> {
        if (size.outdated()) {
          slipped.add(size.podHash());
        } else {
          slipped.remove(size.podHash());
        }
        yield Optional.empty();
      }
      case WeightWritten weight when !weight.isForeign() -> landed(weight, world);
      default -> Optional.empty();
    };
  }

  private Optional<String> decided(Decided one, World world) {
    if (one.told() instanceof Signal.ClusterObserved(Cluster cluster)) {
      told = cluster;
    }
    Rollout before = one.before();
    Rollout next = one.decision().next();
    count(next);
    for (Outgoing outgoing : one.decision().outgoing()) {
      if (outgoing instanceof Outgoing.Publish(_, TrafficDesired desired)
          && !decided.containsKey(desired.fence())) {
        boolean takesBack = takesBack(before, next, desired);
        boolean isFree = takesBack || fallsFreely(next);
        Basis basis = new Basis(desired, next, since(desired), isFree, unseen(world));
        decided.put(desired.fence(), basis);
        last = basis;
        int inForce = inForce(before, world);
        if (written < 0) {
          written = inForce;
        }
        Optional<String> wrong = takesBack ? Optional.empty() : wrong(inForce, basis);
        if (wrong.isPresent()) {
          return wrong;
        }
      }
    }
    return Optional.empty();
  }

  private void count(Rollout next) {
    boolean isNew =
        next.specification() != null
            && (replicas.isEmpty()
                || replicas.getLast().specification().replicas()
                    != next.specification().replicas());
    if (isNew) {
      replicas.add(next);
    }
  }

  // What is wanted once more, in another epoch, was decided when it was wanted first.
  private int since(TrafficDesired desired) {
    boolean again =
        last != null
            && last.desired().weight() == desired.weight()
            && last.desired().canary().equals(desired.canary());
    return again ? Math.max(0, last.replicas() - 1) : replicas.size();
  }

  private static boolean takesBack(Rollout before, Rollout next, TrafficDesired desired) {
    return next.isAborted()
        && before.route().applied() != null
        && desired.weight() <= before.route().desiredWeight()
        && desired.weight() >= before.route().lowestWeight();
  }

  private int inForce(Rollout before, World world) {
    if (before.route().desired() != null) {
      return before.route().desiredWeight();
    }
    return world.isForeign() ? told.shown().weight() : world.weight();
  }

  private Set<String> unseen(World world) {
    return told.replicaSets().keySet().stream()
        .filter(hash -> told.wanted(hash) != world.size(hash).orElse(0))
        .collect(Collectors.toSet());
  }

  private Optional<String> wrong(int before, Basis basis) {
    TrafficDesired desired = basis.desired();
    Rollout rollout = basis.rollout();
    int weight = desired.weight();
    Specification specification = rollout.specification();
    if (weight > before) {
      String canary = desired.canary().podHash();
      int needed = Shares.enough(specification, Shares.canaryPods(rollout, weight));
      return told.carrying(canary) >= needed
          ? Optional.empty()
          : Optional.of(
              "weight %d is desired with %d of %d canary pods available"
                  .formatted(weight, told.carrying(canary), needed));
    }
    if (weight < before && !fallsFreely(rollout)) {
      String stable = basis.stable();
      int needed = Shares.pods(specification, specification.maxWeight() - weight);
      return told.carrying(stable) >= needed
          ? Optional.empty()
          : Optional.of(
              "weight %d is desired with %d of %d stable pods available"
                  .formatted(weight, told.carrying(stable), needed));
    }
    return Optional.empty();
  }

  private boolean fallsFreely(Rollout rollout) {
    return !rollout.specification().dynamicStableScale()
        || rollout.capacityForced()
        || rollout.specification().replicas() == 0
        || told.available(told.canarySelector()) == 0
        || told.canarySelector().equals(told.stableSelector());
  }

  private Optional<String> landed(WeightWritten weight, World world) {
    int before = written < 0 ? weight.before() : written;
    written = weight.after();
    Basis basis = decided.get(weight.fence());
    boolean samePods = world.canarySelector().equals(world.stableSelector());
    if (basis == null || weight.after() == before || samePods) {
      return Optional.empty();
    }
    if (Headcount.isByPods(world.rollout().orElseThrow())) {
      return Optional.empty();
    }
    boolean rises = weight.after() > before;
    if (!rises && (basis.free() || fallsFreely(world.rollout().orElseThrow()))) {
      return Optional.empty();
    }
    String podHash = rises ? basis.desired().canary().podHash() : basis.stable();
    int needed = needed(world.rollout().orElseThrow(), weight.after(), rises);
    for (Rollout meanwhile : replicas.subList(basis.replicas(), replicas.size())) {
      needed = Math.min(needed, needed(meanwhile, weight.after(), rises));
    }
    needed = Math.min(needed, needed(basis.rollout(), weight.after(), rises));
    int size = world.size(podHash).orElse(0);
    return size >= needed || isRepaired(podHash, size, needed, basis, world)
        ? Optional.empty()
        : Optional.of(
            "weight %d -> %d lands, but %s is of size %d and needs %d"
                .formatted(before, weight.after(), podHash, size, needed));
  }

  private static int needed(Rollout rollout, int weight, boolean rises) {
    Specification specification = rollout.specification();
    return rises
        ? Shares.canaryPods(rollout, weight)
        : Shares.pods(specification, specification.maxWeight() - weight);
  }

  private boolean isRepaired(String podHash, int size, int needed, Basis basis, World world) {
    Rollout rollout = world.rollout().orElseThrow();
    boolean unseen = rollout.cluster().wanted(podHash) != size;
    boolean unseenThen =
        basis.unseen().contains(podHash) && Sizes.of(rollout).getOrDefault(podHash, 0) >= needed;
    return unseen || unseenThen || slipped.contains(podHash);
  }
}
