package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Sizes;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Without a router there are never more pods than the wanted number and the surge, by our
 * decisions: nothing grows beyond that, and at rest nothing is beyond it.
 *
 * <p>Exceptions: a pod that only the selector of a Service keeps takes nobody's place. What was
 * there before a number of replicas fell, or a router went, leaves as what may be missing allows;
 * where pods do not become available, some of it stays.
 */
public final class PodsWithinSurge implements Invariant {

  private final Headcount pods = new Headcount();

  @Override
  public String id() {
    return "surge";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Decided decided ->
          pods.hears(decided) ? grown(decided.decision().next()) : Optional.empty();
      case Observation.CameToRest _ ->
          world.rollout().filter(Headcount::isByPods).flatMap(rollout -> left(rollout, world));
      default -> Optional.empty();
    };
  }

  private Optional<String> grown(Rollout rollout) {
    Map<String, Integer> sizes = Sizes.of(rollout);
    boolean grows =
        sizes.entrySet().stream()
            .anyMatch(size -> size.getValue() > pods.cluster().wanted(size.getKey()));
    Map<String, Integer> all = new TreeMap<>(sizes);
    pods.cluster().replicaSets().forEach((hash, set) -> all.putIfAbsent(hash, set.wanted()));
    return grows
        ? tooMany(all.values().stream().mapToInt(i -> i).sum(), rollout)
        : Optional.empty();
  }

  private Optional<String> left(Rollout rollout, World world) {
    boolean mayBe =
        rollout.revision() == null
            || rollout.progress() instanceof Progress.Gone
            || rollout.isHalted()
            || pods.lacksPods();
    int all =
        rollout.cluster().replicaSets().keySet().stream()
            .mapToInt(hash -> world.size(hash).orElse(0))
            .sum();
    return mayBe ? Optional.empty() : tooMany(all, rollout);
  }

  private Optional<String> tooMany(int all, Rollout rollout) {
    return all <= pods.most(rollout)
        ? Optional.empty()
        : Optional.of("%d pods, where %d are the most".formatted(all, pods.most(rollout)));
  }
}
