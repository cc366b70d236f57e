package dev.sluice.orchestrator.kubernetes;

import static dev.sluice.orchestrator.kubernetes.world.Checkout.CANARY;
import static dev.sluice.orchestrator.kubernetes.world.Checkout.NAME;
import static dev.sluice.orchestrator.kubernetes.world.Checkout.STABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.Api;
import dev.sluice.crd.Rollout;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.orchestrator.kubernetes.world.Checkout;
import dev.sluice.orchestrator.kubernetes.world.ClusterWorld;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The checkout example, from its first deployment to a good and to a bad version. */
class ClusterEdgeIT {

  private static final Logger LOG = Logger.getLogger(ClusterEdgeIT.class);

  private final ClusterWorld world = new ClusterWorld();
  private final Checkout checkout = new Checkout(world);

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void aFirstDeploymentGoesWithoutStepsAndSettlesBehindBothServices() {
    String hash = checkout.deploy();
    LOG.infof("writes of a first deployment: %s", world.writes());
    Rollout rollout = checkout.rollout();
    assertThat(rollout.getMetadata().getAnnotations()).containsEntry(Api.REVISION, "1");
    assertThat(rollout.getStatus().stableRS).isEqualTo(hash);
    assertThat(rollout.getStatus().currentStepIndex).isEqualTo(10);
    assertThat(rollout.getStatus().availableReplicas).isEqualTo(5);
    assertThat(rollout.getStatus().canary.weights.stable.weight).isEqualTo(100);
    assertThat(rollout.getStatus().selector).isEqualTo("app=checkout-service");
    assertThat(checkout.steps()).containsExactly(0, 10);
    assertThat(checkout.selected(STABLE)).isEqualTo(hash);
    assertThat(checkout.selected(CANARY)).isEqualTo(hash);
    assertThat(world.service(STABLE).getMetadata().getAnnotations())
        .containsEntry(Api.MANAGED_BY_ROLLOUTS, NAME);
    ReplicaSet replicaSet = world.replicaSet(hash);
    assertThat(replicaSet.getMetadata().getName()).isEqualTo(NAME + "-" + hash);
    assertThat(replicaSet.getMetadata().getOwnerReferences().getFirst().getUid())
        .isEqualTo(checkout.uid());
    assertThat(replicaSet.getMetadata().getAnnotations())
        .containsEntry(Api.REVISION, "1")
        .containsEntry(Api.DESIRED_REPLICAS, "5")
        .containsEntry("sluice.dev/image-tag", "release");
    assertThat(replicaSet.getSpec().getSelector().getMatchLabels())
        .containsEntry("app", NAME)
        .containsEntry(Api.POD_TEMPLATE_HASH_LABEL, hash);
  }

  @Test
  void aGoodVersionGoesThroughAllGatesAndEachStepIsSeen() {
    String old = checkout.deploy();
    world.api.audit().reset();
    checkout.update("2.0.0");
    List.of(2, 5, 8).forEach(checkout::passGate);
    Rollout healthy =
        world.await(
            NAME,
            "Healthy with the new version",
            r -> "Healthy".equals(r.getStatus().phase) && !old.equals(r.getStatus().stableRS));
    String hash = healthy.getStatus().stableRS;
    world.until("old pods", () -> world.replicaSet(old).getStatus().getReplicas(), n -> n == 0);
    String last =
        "Rollout completed update to revision 2 (" + hash + "): Completed all 10 canary steps";
    world.until("all told", () -> texts(world.events("Rollout")), t -> t.contains(last));
    assertThat(checkout.selected(STABLE)).isEqualTo(hash);
    assertThat(checkout.selected(CANARY)).isEqualTo(hash);
    assertThat(checkout.steps()).containsExactly(0, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(checkout.weights()).containsExactly(0, 5, 20, 50, 100, 0);
    assertThat(world.runs())
        .hasSize(3)
        .allSatisfy(run -> assertThat(run.getStatus().phase).isEqualTo("Successful"));
    assertThat(texts(world.events("AnalysisRun")))
        .contains(
            "Metric 'error-rate' Completed. Result: Successful",
            "Analysis Completed. Result: Successful");
    Map<String, Long> writes = world.writes();
    LOG.infof("writes of a good version: %s", writes);
    assertThat(sum(writes, "rollouts")).isLessThanOrEqualTo(24);
    assertThat(sum(writes, "replicasets")).isLessThanOrEqualTo(8);
    assertThat(sum(writes, "services")).isEqualTo(2);
    assertThat(sum(writes, "analysisruns")).isLessThanOrEqualTo(3 + 3 * 3);
    assertThat(sum(writes, "events"))
        .as("17 decisions, 12 about the runs, 15 details that the first deployment left")
        .isLessThanOrEqualTo(17 + 12 + 15 + 1);
  }

  @Test
  void anAutoscalerScalesInMidUpdateThroughTheSubresource() {
    String old = checkout.deploy();
    checkout.update("2.0.0");
    checkout.awaitGate(2);
    var scale = world.hands.resources(Rollout.class).inNamespace(ClusterWorld.NAMESPACE);
    assertThat(scale.withName(NAME).scale().getSpec().getReplicas()).isEqualTo(5);
    assertThat(scale.withName(NAME).scale().getStatus().getSelector())
        .isEqualTo("app=checkout-service");
    scale.withName(NAME).scale(21);
    String hash = checkout.status().currentPodHash;
    world.until("5 % of the pods", () -> size(hash), size -> size == 2);
    world.until("the other pods", () -> size(old), size -> size == 20);
    world.until(
        "all counted",
        () -> scale.withName(NAME).scale().getStatus().getReplicas(),
        count -> count == 22);
    assertThat(checkout.weights()).endsWith(5);
  }

  private int size(String podHash) {
    return world.replicaSet(podHash).getSpec().getReplicas();
  }

  @Test
  void aRunLooksAsArgoRolloutsMakesIt() {
    checkout.deploy();
    checkout.update("2.0.0");
    String name = checkout.awaitGate(2);
    AnalysisRun run = world.until(name, () -> world.run(name), found -> found != null);
    String hash = checkout.status().currentPodHash;
    assertThat(name).isEqualTo(NAME + "-" + hash + "-2-2");
    assertThat(run.getMetadata().getLabels())
        .containsOnly(
            Map.entry(Api.POD_TEMPLATE_HASH_LABEL, hash),
            Map.entry("rollout-type", "Step"),
            Map.entry("step-index", "2"),
            Map.entry("app", NAME));
    assertThat(run.getMetadata().getAnnotations()).containsEntry(Api.REVISION, "2");
    assertThat(run.getSpec().metrics).extracting(m -> m.name).contains("error-rate", "latency");
    assertThat(run.getSpec().metrics.getFirst().provider.prometheus.query)
        .contains("revision=\"canary\"");
    assertThat(run.getSpec().metrics.getFirst().provider.prometheus.authentication.json())
        .hasToString("{\"sigv4\":{},\"oauth2\":{},\"basicAuth\":{}}");
  }

  @Test
  void measurementsThatChangeNoPhaseAreOneWriting() {
    checkout.deploy();
    checkout.update("2.0.0");
    String run = checkout.awaitGate(2);
    world.analysts.measure();
    world.until("the first measurement", () -> checkout.count(run), count -> count == 1);
    world.api.audit().reset();
    for (int tick = 2; tick <= 4; tick++) {
      world.analysts.measure();
    }
    world.until("the last measurement", () -> checkout.count(run), count -> count == 4);
    assertThat(sum(world.writes(), "analysisruns")).isEqualTo(1);
  }

  @Test
  void aBadVersionIsTakenBackByItsGate() {
    String old = checkout.deploy();
    world.api.audit().reset();
    checkout.update("2.0.0");
    String run = checkout.awaitGate(2);
    String bad = checkout.status().currentPodHash;
    world.analysts.measure();
    world.until("the first measurement", () -> checkout.count(run), count -> count == 1);
    world.analysts.conclude(AnalysisPhase.FAILED, "Metric \"error-rate\" assessed Failed");
    Rollout degraded = world.awaitPhase(NAME, "Degraded");
    assertThat(degraded.getStatus().message)
        .isEqualTo(
            "RolloutAborted: Rollout aborted update to revision 2: Step-based analysis phase"
                + " error/failed: Metric \"error-rate\" assessed Failed");
    assertThat(degraded.getStatus().abort).isTrue();
    world.until("the mark of its time", () -> mark(bad), at -> at != null && !at.isEmpty());
    world.until("no canary pods", () -> world.replicaSet(bad).getSpec().getReplicas(), n -> n == 0);
    assertThat(mark(bad)).as("tools show that its time is over").isNotEmpty();
    assertThat(checkout.selected(CANARY)).isEqualTo(old);
    assertThat(checkout.selected(STABLE)).isEqualTo(old);
    assertThat(checkout.weights()).containsExactly(0, 5, 0);
    Map<String, Long> writes = world.writes();
    LOG.infof("writes of a bad version: %s", writes);
    assertThat(writes.get("services patch")).as("no Service flips").isEqualTo(2);
    world.until(
        "the verdict in the AnalysisRun",
        () -> world.runs().getFirst().getStatus().phase,
        "Failed"::equals);
    world.until(
        "warnings",
        () ->
            world.events("Rollout").stream()
                .filter(event -> event.getType().equals("Warning"))
                .map(Event::getReason)
                .toList(),
        reasons -> reasons.containsAll(List.of("AnalysisRunFailed", "RolloutAborted")));
  }

  @Test
  void oldReplicaSetsGoBeyondTheHistoryLimit() {
    checkout.deploy(Map.of("revisionHistoryLimit: 3", "revisionHistoryLimit: 1"));
    String first = checkout.status().stableRS;
    for (String tag : List.of("2.0.0", "3.0.0")) {
      checkout.update(tag);
      world.await(NAME, "update", r -> r.getStatus().phase.equals("Paused"));
      world.patchStatus(NAME, "{\"promoteFull\":true}");
      world.await(
          NAME,
          "promoted",
          r ->
              "Healthy".equals(r.getStatus().phase)
                  && r.getStatus()
                      .observedGeneration
                      .equals(r.getMetadata().getGeneration().toString())
                  && r.getStatus().stableRS.equals(r.getStatus().currentPodHash));
    }
    world.until(
        "the oldest to go",
        () -> world.replicaSets().stream().map(r -> r.getMetadata().getName()).toList(),
        names -> names.size() == 2 && names.stream().noneMatch(n -> n.endsWith(first)));
  }

  @Test
  void aRunThatEndsBeforeItsObjectIsMadeStillShowsWhatWentWrong() {
    checkout.deploy();
    world.api.faults().latency(Duration.ofMillis(300));
    checkout.update("2.0.0");
    world.until("the run", world.analysts::current, run -> !run.isEmpty());
    world.analysts.conclude(AnalysisPhase.FAILED, "Metric \"error-rate\" assessed Failed");
    world.api.faults().latency(Duration.ZERO);
    world.awaitPhase(NAME, "Degraded");
    world.until(
        "the verdict in the AnalysisRun",
        () -> world.runs().stream().map(run -> run.getStatus().phase).toList(),
        List.of("Failed")::equals);
  }

  @Test
  void anEarlierVersionComesBackInItsOwnReplicaSetUnderANewNumber() {
    String first = checkout.deploy();
    // Creation times have whole seconds, and the rollback window asks which is older.
    Instant created = Instant.parse(world.replicaSet(first).getMetadata().getCreationTimestamp());
    world.until("another second", Instant::now, now -> now.isAfter(created.plusSeconds(1)));
    checkout.update("2.0.0");
    world.awaitPhase(NAME, "Paused");
    world.patchStatus(NAME, "{\"promoteFull\":true}");
    world.await(
        NAME,
        "the second version",
        r -> "Healthy".equals(r.getStatus().phase) && !first.equals(r.getStatus().stableRS));
    checkout.update("1.0.0");
    world.await(
        NAME,
        "the first version again",
        r -> "Healthy".equals(r.getStatus().phase) && first.equals(r.getStatus().stableRS));
    assertThat(world.replicaSets()).hasSize(2);
    assertThat(world.replicaSet(first).getMetadata().getAnnotations())
        .containsEntry(Api.REVISION, "3")
        .containsEntry(Api.REVISION_HISTORY, "1");
    assertThat(checkout.rollout().getMetadata().getAnnotations()).containsEntry(Api.REVISION, "3");
    assertThat(checkout.selected(STABLE)).isEqualTo(first);
  }

  private String mark(String podHash) {
    return world.replicaSet(podHash).getMetadata().getAnnotations().get(Api.SCALE_DOWN_DEADLINE);
  }

  private static long sum(Map<String, Long> writes, String resource) {
    return writes.entrySet().stream()
        .filter(write -> write.getKey().startsWith(resource))
        .filter(write -> !write.getKey().contains("refused"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static List<String> texts(List<Event> events) {
    return events.stream().map(Event::getMessage).toList();
  }
}
