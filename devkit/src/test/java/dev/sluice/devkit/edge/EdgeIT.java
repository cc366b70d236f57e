package dev.sluice.devkit.edge;

import static dev.sluice.devkit.edge.Objects.canaryIngress;
import static dev.sluice.devkit.edge.Objects.ingress;
import static dev.sluice.devkit.edge.Objects.pod;
import static dev.sluice.devkit.edge.Objects.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.devkit.workload.Behaviour;
import dev.sluice.devkit.workload.PlayedPod;
import dev.sluice.devkit.workload.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Workload workload;
  private static Edge edge;
  private static LoadGenerator load;
  private static List<Pod> stablePods;
  private static Pod canaryPod;

  @BeforeAll
  static void start() {
    workload = Workload.start(folder, Map.of("acme/shop:1", Behaviour.GOOD), Duration.ofMinutes(1));
    stablePods = List.of(play("old-1", "old"), play("old-2", "old"));
    canaryPod = play("new-1", "new");
    edge = new Edge(Clock.systemUTC());
    load = new LoadGenerator(edge.url(), "checkout.acme.example", 400, Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    load.close();
    edge.close();
    workload.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 20, 50, 100})
  void sharesAreWithinFourSigmaOfTheWeight(int weight) {
    route(weight, List.of(stablePods.getFirst(), stablePods.getLast(), canaryPod));

    var shares = answersSince(Instant.now(), 1_000);

    assertThat(shares.deviation("new", weight / 100.0)).isLessThan(4);
    assertThat(shares.share("new") + shares.share("old")).isEqualTo(1);
    assertThat(shares.failed()).isZero();
    assertThat(edge.splits().getLast().weight()).isEqualTo(weight);
  }

  @Test
  void aCanaryWithoutPodsGetsNothing() {
    route(100, stablePods);

    var shares = answersSince(Instant.now(), 200);

    assertThat(shares.share("old")).isEqualTo(1);
    assertThat(shares.failed()).isZero();
  }

  @Test
  void nobodyAnswersWithoutStablePods() {
    route(100, List.of(canaryPod));
    Instant since = Instant.now();

    await().atMost(LIMIT).until(() -> load.shares(since).failed() >= 100);

    assertThat(load.shares(since).total()).isZero();
  }

  @Test
  void aPodThatIsGoneIsPassedOver() {
    var crashed = play("old-3", "old");
    workload.crash("production", "old-3");
    route(0, List.of(crashed, stablePods.getFirst()));

    var shares = answersSince(Instant.now(), 300);

    assertThat(shares.failed()).isZero();
  }

  @Test
  void countsWhatItSendsToEachRevision() {
    route(0, stablePods);
    long before = edge.requestsByPodHash().getOrDefault("old", 0L);

    answersSince(Instant.now(), 100);

    assertThat(edge.requestsByPodHash().get("old")).isGreaterThanOrEqualTo(before + 100);
  }

  private static void route(int weight, List<Pod> pods) {
    edge.set(
        RouteTable.of(
            List.of(
                ingress("checkout-ingress", "checkout-stable"),
                canaryIngress("canary", "checkout-canary", weight)),
            List.of(service("checkout-stable", "old"), service("checkout-canary", "new")),
            pods));
  }

  private static Shares answersSince(Instant since, int count) {
    await().atMost(LIMIT).until(() -> load.shares(since).total() >= count);
    return load.shares(since);
  }

  private static Pod play(String name, String hash) {
    int port =
        workload.play(
            new PlayedPod("production", name, "acme/shop:1", hash, "shop", "main", 1L << 30));
    return pod(name, hash, port);
  }
}
