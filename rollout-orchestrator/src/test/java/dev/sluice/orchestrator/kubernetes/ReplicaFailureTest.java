package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crd.Api;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Decider;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.StatusView;
import dev.sluice.orchestrator.Step;
import dev.sluice.orchestrator.kubernetes.specification.Fixture;
import dev.sluice.orchestrator.world.Inputs;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pods that may not be created: a ReplicaSet says so, and its Rollout with it. */
class ReplicaFailureTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Identity IDENTITY = new Identity("u-1", "shop", "app");

  private Rollout state = Rollout.unknown(IDENTITY, NOW);

  @Test
  void aReplicaSetsFailureIsShownInTheWordsOfItsOwn() {
    deploy();

    observe(replicaSet("v1", "True"));

    assertThat(failures())
        .containsExactly(
            new StatusView.Condition(
                "ReplicaFailure", "True", "FailedCreate", "pods of v1 are forbidden"));
  }

  @Test
  void theWantedRevisionsFailureComesFirst() {
    deploy();
    observe(replicaSet("v1", "False"));
    give(
        new Signal.SpecificationObserved(
            Inputs.specification(IDENTITY, "v2", new Step.SetWeight(50))));

    observe(replicaSet("v1", "True"), replicaSet("v2", "True"));

    assertThat(failures()).extracting("message").containsExactly("pods of v2 are forbidden");
  }

  @Test
  void whatIsOverIsNotShownAnyMore() {
    deploy();
    observe(replicaSet("v1", "True"));

    observe(replicaSet("v1", "False"));

    assertThat(failures()).isEmpty();
  }

  private void deploy() {
    give(
        new Signal.SpecificationObserved(
            Inputs.specification(IDENTITY, "v1", new Step.SetWeight(50))));
  }

  private void observe(ReplicaSet... replicaSets) {
    var manifest = Fixture.read(Fixture.FOLDER.resolve("base.yaml")).rollout();
    Cluster cluster =
        ClusterReader.read(
            manifest,
            state,
            new ClusterReader.Dependents(List.of(replicaSets), List.of(), List.of()),
            Map.of(),
            new ClusterReader.Services(Optional.empty(), Optional.empty(), false));
    give(new Signal.ClusterObserved(cluster));
  }

  private void give(Signal signal) {
    state = Decider.on(state, signal, NOW).next();
  }

  private List<StatusView.Condition> failures() {
    return StatusView.of(state).conditions().stream()
        .filter(condition -> condition.type().equals("ReplicaFailure"))
        .toList();
  }

  private static ReplicaSet replicaSet(String podHash, String failing) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withName("app-" + podHash)
        .withCreationTimestamp(NOW.toString())
        .addToLabels(Api.POD_TEMPLATE_HASH_LABEL, podHash)
        .endMetadata()
        .withNewSpec()
        .withReplicas(1)
        .endSpec()
        .withNewStatus()
        .addNewCondition()
        .withType("ReplicaFailure")
        .withStatus(failing)
        .withReason("FailedCreate")
        .withMessage("pods of " + podHash + " are forbidden")
        .endCondition()
        .endStatus()
        .build();
  }
}
