package dev.sluice.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.orchestrator.Evictions.Pod;
import dev.sluice.orchestrator.world.Inputs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvictionsTest {

  private static final Instant RESTART = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant OLD = RESTART.minusSeconds(60);

  @Test
  void onlyOldPodsGoAndTheOldestFirst() {
    assertThat(
            Evictions.of(
                restarting(2),
                List.of(pod("b", OLD), pod("a", OLD.minusSeconds(1)), pod("new", RESTART))))
        .isEqualTo(new Evictions(List.of("a"), false));
  }

  @Test
  void noneGoesWhileOneIsMissing() {
    assertThat(Evictions.of(restarting(1), List.of(pod("a", OLD))).pods()).isEmpty();
  }

  @Test
  void aPodThatIsLeavingCountsAsMissing() {
    Pod leaving = new Pod("a", "v1", OLD, true);
    assertThat(Evictions.of(restarting(2), List.of(leaving, pod("b", OLD))).pods()).isEmpty();
  }

  @Test
  void itIsDoneWhenNoneIsOld() {
    assertThat(Evictions.of(restarting(2), List.of(pod("new", RESTART))))
        .isEqualTo(new Evictions(List.of(), true));
  }

  @Test
  void nothingGoesWithoutARestart() {
    Rollout resting = Rollout.unknown(new Identity("u", "n", "app"), OLD);
    assertThat(Evictions.of(resting, List.of(pod("a", OLD))))
        .isEqualTo(new Evictions(List.of(), false));
  }

  private static Pod pod(String name, Instant createdAt) {
    return new Pod(name, "v1", createdAt, false);
  }

  /** Two pods are wanted, and this many are available. */
  private static Rollout restarting(int available) {
    Identity identity = new Identity("u", "n", "app");
    Turn turn = new Turn(Rollout.unknown(identity, OLD), OLD);
    turn.specification = Inputs.specification(identity, "v1");
    turn.revision = new Revision(1, "v1", "steps", "", OLD);
    turn.stableHash = "v1";
    turn.restart = new Restart.UnderWay(RESTART);
    turn.cluster =
        new Cluster(
            Map.of(
                "v1", new Cluster.ReplicaSet("app-v1", "v1", 1, 2, 2, available, available, OLD)),
            "v1",
            "v1",
            Cluster.Shown.NOTHING);
    return turn.state();
  }
}
