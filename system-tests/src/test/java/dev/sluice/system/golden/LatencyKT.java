package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.controlplane.Assets;
import dev.sluice.devkit.controlplane.AuditLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes from a verdict to the patched weight, by hop, on a real API server. A
 * measurement, not a test: it runs with {@code -Dsluice.bench} only, and asserts nothing on time.
 * The table is in {@code target/latency.md}.
 */
@EnabledIfSystemProperty(named = "sluice.bench", matches = ".*")
class LatencyKT {

  private static final Path TABLE = Path.of("target/latency.md");
  private static final int ROLLOUTS = 20;
  private static final int PARALLEL = 5;
  private static final String TWO_GATES =
      """
      [{"setWeight": 20}, {"analysis": {"templates": [{"templateName": "gate"}]}},
       {"setWeight": 60}, {"analysis": {"templates": [{"templateName": "gate"}]}}]
      """;
  private static final String ONE_UPDATE =
      """
      - wait: {rollout: app, phase: Healthy, revision: 1}
      - image: {rollout: app, image: "registry.example/app:v2"}
      - wait: {rollout: app, phase: Healthy, revision: 2, stable: true}
      """;

  @TempDir Path folder;

  @Test
  void fromTheVerdictToThePatchedWeight() throws Exception {
    assumeTrue(Assets.find().isPresent(), "NOT MEASURED: set " + Assets.VARIABLE);
    try (var cluster = new RealCluster(folder.resolve("plane"), AuditLevel.METADATA);
        var stage = new Stage(folder, cluster.kubeconfig(), "error")) {
      play(stage);
      TopicLog log = TopicLog.read(stage.installation().kafka().bootstrapServers());
      List<Raise> raises = Raise.all(log, ApiRequest.all(cluster.auditLog()));
      assertThat(raises).hasSizeGreaterThanOrEqualTo(2 * ROLLOUTS);
      List<String> table = table(raises);
      table.forEach(System.out::println);
      Files.write(TABLE, table);
    }
  }

  private static void play(Stage stage) throws Exception {
    var scenarios =
        new ArrayList<>(
            List.of(stage.scenario("checkout-good"), stage.scenario("checkout-bad-memory")));
    for (int i = 1; i <= ROLLOUTS; i++) {
      scenarios.add(twoGates(stage, "two-gates-" + i));
    }
    try (var players = Executors.newFixedThreadPool(PARALLEL)) {
      List<Future<Stage.Play>> plays =
          scenarios.stream().map(one -> players.submit(() -> stage.play(one))).toList();
      for (Future<Stage.Play> play : plays) {
        assertThat(play.get().troubles()).isEmpty();
      }
    }
  }

  private static Scenario twoGates(Stage stage, String name) throws Exception {
    Scenario scenario = stage.scenario("nginx-inconclusive").playedAs(name, ONE_UPDATE);
    var metric = (ObjectNode) scenario.object("AnalysisTemplate", "gate").at("/spec/metrics/0");
    metric.withObject("/provider/prometheus").put("query", "seq(\"%s\",\"0.1\")".formatted(name));
    ObjectNode specification = scenario.object("Rollout", "app").withObject("/spec");
    specification.put("replicas", 1);
    specification
        .withObject("/strategy/canary")
        .set("steps", new ObjectMapper().readTree(TWO_GATES));
    return scenario;
  }

  private static List<String> table(List<Raise> raises) {
    return List.of(
        "| hop (%d raises) | p50 ms | p99 ms | most ms |".formatted(raises.size()),
        "|---|--:|--:|--:|",
        row("verdict's record -> taken", raises, r -> Duration.between(r.verdict(), r.accepted())),
        row("taken -> weight wanted (pods)", raises, Raise::waitForPods),
        row(
            "wanted -> record on traffic.desired",
            raises,
            r -> Duration.between(r.wanted(), r.desired())),
        row(
            "record -> patch received by the API server",
            raises,
            r -> Duration.between(r.desired(), r.patched())),
        row("patch -> read back", raises, r -> Duration.between(r.patched(), r.applied())),
        row("verdict's record -> patch", raises, Raise::total),
        row("the same without the wait for pods", raises, r -> r.total().minus(r.waitForPods())));
  }

  private static String row(String hop, List<Raise> raises, Function<Raise, Duration> time) {
    List<Long> sorted = raises.stream().map(time).map(Duration::toMillis).sorted().toList();
    return "| %s | %d | %d | %d |"
        .formatted(hop, percentile(sorted, 50), percentile(sorted, 99), sorted.getLast());
  }

  private static long percentile(List<Long> sorted, int percent) {
    return sorted.get(Math.max(0, Math.ceilDiv(sorted.size() * percent, 100) - 1));
  }
}
