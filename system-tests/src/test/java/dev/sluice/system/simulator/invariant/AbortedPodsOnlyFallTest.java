package dev.sluice.system.simulator.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Decider;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Scaling;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.Step;
import dev.sluice.system.simulator.invariant.Observation.CameToRest;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.SizeWritten;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An update of four pods with one canary pod, which was aborted. */
class AbortedPodsOnlyFallTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final AbortedPodsOnlyFall invariant = new AbortedPodsOnlyFall();
  private Rollout rollout = Rollout.unknown(new Identity("u-1", "production", "app"), NOW);
  private int canaryPods = 1;

  @BeforeEach
  void abort() {
    give(
        new Signal.ClusterObserved(
            new Cluster(
                Map.of("v1", pods("v1", 3), "v2", pods("v2", 1)),
                "",
                "",
                new Cluster.Shown(0, "v1", 0, ""))));
    give(new Signal.SpecificationObserved(specification()));
    give(new Signal.CommandReceived("c-1", new Command.Abort()));
    assertThat(rollout.isAborted()).isTrue();
  }

  @Test
  void aCanaryPodMoreIsAViolation() {
    assertThat(violation(new SizeWritten("v2", 1, 2, Fence.NONE, false))).isPresent();
  }

  @Test
  void aStablePodMoreIsWhatIsWanted() {
    assertThat(violation(new SizeWritten("v1", 3, 4, Fence.NONE, false))).isEmpty();
  }

  @Test
  void aSizeThatSlippedIsBeingRepaired() {
    assertThat(violation(new SizeWritten("v2", 1, 2, Fence.NONE, true))).isEmpty();
  }

  @Test
  void aCanaryPodThatIsLeftAtRestIsAViolation() {
    assertThat(violation(new CameToRest())).isPresent();
    canaryPods = 0;
    assertThat(violation(new CameToRest())).isEmpty();
  }

  private void give(Signal signal) {
    Rollout before = rollout;
    Decision decision = Decider.on(before, signal, NOW);
    rollout = decision.next();
    assertThat(violation(new Decided(before, signal, null, signal, NOW, decision))).isEmpty();
  }

  private Optional<String> violation(Observation seen) {
    return invariant.violation(seen, new Scene());
  }

  private static Cluster.ReplicaSet pods(String podHash, int count) {
    return new Cluster.ReplicaSet(
        "app-" + podHash, podHash, 1, count, count, count, count, NOW.minusSeconds(60));
  }

  private static Specification specification() {
    return new Specification(
        1,
        4,
        "v2",
        "s1",
        "app=app",
        List.of(new Specification.Container("main", "registry.example/app:v2")),
        List.of(new Step.SetWeight(25)),
        null,
        "",
        "",
        new Specification.Splitting.ByPods(),
        new Specification.Budget(1, 0),
        Duration.ZERO,
        new Specification.AbortDelay.Never(),
        Scaling.PLAIN,
        10,
        0,
        Duration.ofMinutes(10),
        false,
        false,
        null,
        null,
        null);
  }

  private final class Scene implements World {
    @Override
    public Optional<String> uid() {
      return Optional.of("u-1");
    }

    @Override
    public boolean isSelectorForeign() {
      return false;
    }

    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public Optional<Rollout> rollout() {
      return Optional.of(rollout);
    }

    @Override
    public int weight() {
      return 0;
    }

    @Override
    public Fence fence() {
      return Fence.NONE;
    }

    @Override
    public boolean isForeign() {
      return false;
    }

    @Override
    public String canarySelector() {
      return "";
    }

    @Override
    public String stableSelector() {
      return "";
    }

    @Override
    public OptionalInt size(String podHash) {
      return OptionalInt.of(podHash.equals("v2") ? canaryPods : 3);
    }

    @Override
    public Duration troubledSince(Instant moment) {
      return Duration.ZERO;
    }

    @Override
    public int goodAnswers(String run, String metric) {
      return 0;
    }

    @Override
    public boolean pluginSucceeded(String call) {
      return false;
    }

    @Override
    public boolean experimentSucceeded(String experiment) {
      return false;
    }

    @Override
    public List<String> liveExperiments() {
      return List.of();
    }
  }
}
