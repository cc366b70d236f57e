package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.devkit.controlplane.Assets;
import dev.sluice.devkit.controlplane.AuditLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the checkout story costs a real API server, counted by its own audit log: a good update and
 * one that is taken back, each with its first deployment. The table is in {@code
 * target/api-writes.md}.
 */
class ApiWritesKT {

  private static final Path TABLE = Path.of("target/api-writes.md");
  private static final String SERVICES = "sluice-(rollout-orchestrator|traffic-router)";
  private static final String NEIGHBOURS = "sluice-devkit-controllers|kube-.*|" + Stage.USER_AGENT;

  /** All decisions of ten steps, and the details that are told beside them. */
  private static final int MOST_EVENTS = 60;

  @TempDir static Path folder;
  private static List<ApiRequest> all;
  private static List<ApiRequest> ours;
  private static ApiWrites good;
  private static ApiWrites bad;

  @BeforeAll
  static void bothAreToldByTheAuditLog() throws Exception {
    assumeTrue(
        Assets.find().isPresent(),
        "NOT TESTED on a real Kubernetes control plane: set " + Assets.VARIABLE);
    try (var cluster = new RealCluster(folder.resolve("plane"), AuditLevel.METADATA)) {
      try (var stage = new Stage(folder, cluster.kubeconfig(), "error")) {
        play(stage, "checkout-good", "checkout-bad-memory");
      }
      all = ApiRequest.all(cluster.auditLog());
    }
    ours = all.stream().filter(request -> request.userAgent().matches(SERVICES)).toList();
    good = ApiWrites.of("checkout-good", ours);
    bad = ApiWrites.of("checkout-bad-memory", ours);
  }

  @AfterAll
  static void theTableIsShown() throws IOException {
    if (ours != null) {
      var lines = new ArrayList<>(ApiWrites.table(List.of(good, bad)));
      lines.forEach(System.out::println);
      for (ApiWrites one : List.of(good, bad)) {
        lines.addAll(List.of("", "## " + one.scenario(), "", "```"));
        lines.addAll(one.inOrder());
        lines.add("```");
      }
      Files.write(TABLE, lines);
    }
  }

  @Test
  void everyWriteIsBySomebodyKnown() {
    assertThat(all)
        .filteredOn(request -> request.isWrite() && !request.userAgent().matches(SERVICES))
        .filteredOn(request -> request.namespace().startsWith("checkout-"))
        .allMatch(request -> request.userAgent().matches(NEIGHBOURS));
  }

  @Test
  void aGoodUpdateNeedsFewerWritesThanWithArgoRollouts() {
    assertThat(good.writes()).as("writes").isPositive().isLessThan(90);
    assertThat(good.writes() + good.events()).as("with Events").isLessThan(90 + 37);
  }

  @Test
  void anUpdateThatIsTakenBackNeedsFewerWritesThanWithArgoRollouts() {
    assertThat(bad.writes()).as("writes").isPositive().isLessThan(321);
    assertThat(bad.writes() + bad.events()).as("with Events").isLessThan(321 + 34);
  }

  @Test
  void eventsAreLimited() {
    // Argo Rollouts needed 37 and 34: its client drops the rest, see docs/decisions/0011.
    assertThat(good.events()).isPositive().isLessThan(MOST_EVENTS);
    assertThat(bad.events()).isPositive().isLessThan(MOST_EVENTS);
  }

  @Test
  void theApiServerAnsweredEverything() {
    assertThat(ours).filteredOn(ApiRequest::isServerError).isEmpty();
  }

  private static void play(Stage stage, String... names) throws Exception {
    try (var players = Executors.newVirtualThreadPerTaskExecutor()) {
      var plays = new ArrayList<Future<Stage.Play>>();
      for (String name : names) {
        plays.add(players.submit(() -> stage.play(stage.scenario(name))));
      }
      for (Future<Stage.Play> play : plays) {
        assertThat(play.get().troubles()).isEmpty();
      }
    }
  }
}
