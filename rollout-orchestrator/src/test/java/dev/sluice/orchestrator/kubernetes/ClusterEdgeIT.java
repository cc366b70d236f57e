package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crd.Api;
import dev.sluice.crd.Rollout;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.orchestrator.kubernetes.world.ClusterWorld;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole stories on the checkout example, against a real API server. */
class ClusterEdgeIT {

  private static final String NAME = "checkout-service";
  private static final Path EXAMPLE = Path.of("../deploy/examples/checkout-service");
  private static final String IMAGE = "ghcr.io/acme/checkout-service:";

  private final ClusterWorld world = new ClusterWorld();

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void aFirstDeploymentGoesWithoutStepsAndSettlesBehindBothServices() {
    String hash = deploy();
    Rollout rollout = world.rollout(NAME);
    assertThat(rollout.getMetadata().getAnnotations()).containsEntry(Api.REVISION, "1");
    assertThat(rollout.getStatus().stableRS).isEqualTo(hash);
    assertThat(rollout.getStatus().currentStepIndex).isEqualTo(10);
    assertThat(rollout.getStatus().availableReplicas).isEqualTo(5);
    assertThat(rollout.getStatus().canary.weights.stable.weight).isEqualTo(100);
    assertThat(selected("checkout-stable")).isEqualTo(hash);
    assertThat(selected("checkout-canary")).isEqualTo(hash);
    ReplicaSet replicaSet = world.replicaSet(hash);
    assertThat(replicaSet.getMetadata().getName()).isEqualTo(NAME + "-" + hash);
    assertThat(replicaSet.getMetadata().getAnnotations())
        .containsEntry(Api.REVISION, "1")
        .containsEntry(Api.DESIRED_REPLICAS, "5");
    assertThat(replicaSet.getSpec().getSelector().getMatchLabels())
        .containsEntry("app", NAME)
        .containsEntry(Api.POD_TEMPLATE_HASH_LABEL, hash);
    assertThat(steps()).containsExactly(0, 10);
  }

  @Test
  void aGoodImageGoesThroughAllGatesAndEachStepIsSeen() {
    String old = deploy();
    world.api.audit().reset();
    int before = world.events("Rollout").size();
    world.setImage(NAME, IMAGE + "2.0.0");
    for (int gate : List.of(2, 5, 8)) {
      passGate(gate);
    }
    Rollout healthy =
        world.await(
            NAME,
            "Healthy at the new version",
            r -> "Healthy".equals(r.getStatus().phase) && !old.equals(r.getStatus().stableRS));
    String hash = healthy.getStatus().stableRS;
    world.until(
        "old pods gone", () -> world.replicaSet(old).getStatus().getReplicas(), n -> n == 0);
    assertThat(selected("checkout-stable")).isEqualTo(hash);
    assertThat(selected("checkout-canary")).isEqualTo(hash);
    assertThat(steps()).containsExactly(0, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(weights()).containsExactly(0, 5, 20, 50, 100, 0);
    assertThat(world.runs())
        .hasSize(3)
        .allSatisfy(run -> assertThat(run.getStatus().phase).isEqualTo("Successful"));
    world.until(
        "all told",
        () -> texts(world.events("Rollout")),
        t ->
            t.contains(
                "Rollout completed update to revision 2 ("
                    + hash
                    + "): Completed all 10 canary steps"));
    System.out.println(
        "WRITES "
            + world.writes()
            + " EVENTS "
            + (world.events("Rollout").size() - before)
            + "+"
            + world.events("AnalysisRun").size());
  }

  private String deploy() {
    world.apply(
        Map.of(
            "duration: 2m",
            "duration: 2s",
            "duration: 5m",
            "duration: 2s",
            "duration: 10m",
            "duration: 2s"),
        EXAMPLE.resolve("ingress.yaml"),
        EXAMPLE.resolve("checkout-service.yaml"));
    return world.awaitPhase(NAME, "Healthy").getStatus().stableRS;
  }

  private void passGate(int step) {
    awaitGate(step);
    for (int i = 0; i < 5; i++) {
      world.analysts.measure();
      pause(1000);
    }
    world.verdict(AnalysisPhase.SUCCESSFUL, "");
  }

  private void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitGate(int step) {
    world.until("gate of step " + step, world.analysts::current, name -> name.endsWith("-" + step));
  }

  private String selected(String service) {
    return world.service(service).getSpec().getSelector().get(Api.POD_TEMPLATE_HASH_LABEL);
  }

  private List<Integer> steps() {
    List<Integer> steps = new ArrayList<>();
    for (Rollout each : world.seen()) {
      Integer step = each.getStatus() == null ? null : each.getStatus().currentStepIndex;
      if (step != null && (steps.isEmpty() || !Objects.equals(steps.getLast(), step))) {
        steps.add(step);
      }
    }
    return steps;
  }

  private List<Integer> weights() {
    List<Integer> weights = new ArrayList<>();
    for (Rollout each : world.seen()) {
      if (each.getStatus() != null
          && each.getStatus().canary != null
          && each.getStatus().canary.weights != null) {
        int weight = each.getStatus().canary.weights.canary.weight;
        if (weights.isEmpty() || weights.getLast() != weight) {
          weights.add(weight);
        }
      }
    }
    return weights;
  }

  private static List<String> texts(List<Event> events) {
    return events.stream().map(Event::getMessage).toList();
  }
}
