package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.sluice.crd.Api;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Decider;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Sizes;
import dev.sluice.orchestrator.Step;
import dev.sluice.orchestrator.kubernetes.specification.Fixture;
import dev.sluice.orchestrator.world.Inputs;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReplicaSetsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Identity IDENTITY = new Identity("u-1", "shop", "app");
  private static final Duration DELAY = Duration.ofSeconds(30);
  private static final String DEADLINE = "2026-01-01T00:00:30Z";

  private Rollout state = Rollout.unknown(IDENTITY, NOW);

  @Test
  void whatIsWantedAgainLosesItsDeadlineInTheWriteThatScalesIt() {
    anAbortedCanaryWithoutPods(DELAY);

    give(new Signal.CommandReceived("c-1", new Command.Retry()));

    JsonNode patch = difference(replicaSet("v2", 0, DEADLINE));
    assertThat(patch.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(patch.at("/metadata/annotations").get(Api.SCALE_DOWN_DEADLINE))
        .isEqualTo(NullNode.getInstance());
  }

  @Test
  void theDeadlineIsTakenAwayAlsoWhereThePodsAreThere() {
    anAbortedCanaryWithoutPods(DELAY);

    give(new Signal.CommandReceived("c-1", new Command.Retry()));

    JsonNode patch = difference(replicaSet("v2", 1, DEADLINE));
    assertThat(patch.has("spec")).isFalse();
    assertThat(patch.at("/metadata/annotations").get(Api.SCALE_DOWN_DEADLINE))
        .isEqualTo(NullNode.getInstance());
  }

  @Test
  void anAbortedCanaryIsMarkedWithItsDeadlineIfItHasADelay() {
    anAbortedCanaryWithoutPods(DELAY);
    assertThat(difference(replicaSet("v2", 0, "")).at("/metadata/annotations"))
        .anyMatch(value -> value.asText().equals(DEADLINE));

    anAbortedCanaryWithoutPods(Duration.ZERO);
    assertThat(
            difference(replicaSet("v2", 0, DEADLINE))
                .at("/metadata/annotations")
                .get(Api.SCALE_DOWN_DEADLINE))
        .isEqualTo(NullNode.getInstance());
  }

  private void anAbortedCanaryWithoutPods(Duration delay) {
    state = Rollout.unknown(IDENTITY, NOW);
    give(new Signal.SpecificationObserved(Inputs.specification(IDENTITY, "v1", delay, step())));
    observe(Map.of("v1", 2));
    give(new Signal.SpecificationObserved(Inputs.specification(IDENTITY, "v2", delay, step())));
    give(new Signal.CommandReceived("c-0", new Command.Abort()));
    observe(Map.of("v1", 2, "v2", 0));
    assertThat(state.isAborted()).isTrue();
  }

  private static Step step() {
    return new Step.SetWeight(50);
  }

  private void observe(Map<String, Integer> sizes) {
    Cluster.Shown nothing = Cluster.Shown.NOTHING;
    Cluster.Shown shown =
        new Cluster.Shown(0, nothing.stableHash(), nothing.weight(), nothing.command());
    var seen = new TreeMap<String, Cluster.ReplicaSet>();
    sizes.forEach((hash, size) ->
        seen.put(
            hash, new Cluster.ReplicaSet("app-" + hash, hash, 1, size, size, size, size, NOW)));
    give(new Signal.ClusterObserved(new Cluster(seen, "v1", "v1", shown)));
  }

  private void give(Signal signal) {
    state = Decider.on(state, signal, NOW).next();
  }

  private JsonNode difference(ReplicaSet seen) {
    var manifest = Fixture.read(Fixture.FOLDER.resolve("base.yaml")).rollout();
    return ReplicaSets.difference(manifest, state, seen, Sizes.of(state).get("v2"));
  }

  private static ReplicaSet replicaSet(String podHash, int size, String deadline) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withName("app-" + podHash)
        .addToLabels(Api.POD_TEMPLATE_HASH_LABEL, podHash)
        .addToAnnotations(Api.SCALE_DOWN_DEADLINE, deadline)
        .endMetadata()
        .withNewSpec()
        .withNewTemplate()
        .endTemplate()
        .withReplicas(size)
        .endSpec()
        .build();
  }
}
