package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.devkit.kubernetes.KubernetesApi;
import dev.sluice.system.golden.Observed.Change;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays inputs against an API server behind which nobody works, and reads what was recorded. */
class PlayerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String ROLLOUT =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: app}
      spec:
        replicas: 3
        selector: {matchLabels: {app: app}}
        strategy: {canary: {steps: [{setWeight: 10}, {pause: {}}]}}
        template:
          metadata: {labels: {app: app}}
          spec: {containers: [{name: main, image: 'app:v1'}]}
      """;

  @TempDir Path folder;
  private KubernetesApi kubernetes;
  private KubernetesClient client;
  private Recorder recorder;

  @BeforeEach
  void somebodyWatches() {
    kubernetes =
        KubernetesApi.start(
            KubernetesApi.Options.defaults().withKubeconfig(folder.resolve("kubeconfig")));
    kubernetes.installCrds();
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubernetes.kubeconfig().toFile()))
            .build();
    recorder = Recorder.start(client);
  }

  @AfterEach
  void everythingEnds() {
    recorder.close();
    client.close();
    kubernetes.close();
  }

  @Test
  void everyInputIsPlayedInItsOrder() throws Exception {
    List<String> troubles =
        play(
            """
            - image: {rollout: app, image: 'app:v2'}
            - scale: {rollout: app, replicas: 5}
            - plugin: pause app
            - patch: {kind: rollout, name: app, subresource: status, patch: {status: {phase: Paused, observedGeneration: "4"}}}
            - wait: {rollout: app, phase: Paused}
            - patch: {kind: rollout, name: app, type: json, patch: [{op: replace, path: /spec/replicas, value: 6}]}
            - apply: {apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {app: app}, ports: [{port: 80}]}}
            - sleep: 0.1
            - delete: {kind: service, name: s}
            """);

    assertThat(troubles).isEmpty();
    await().atMost(PATIENCE).until(() -> log().getLast().change() == Change.DELETED);
    assertThat(log())
        .extracting(line -> line.change() + " " + line.resource())
        .containsExactly(
            "ADDED rollouts",
            "MODIFIED rollouts",
            "MODIFIED rollouts",
            "MODIFIED rollouts",
            "MODIFIED rollouts",
            "MODIFIED rollouts",
            "ADDED services",
            "DELETED services");
    JsonNode rollout = log().get(5).object();
    assertThat(rollout.at("/spec/template/spec/containers/0/image").asText()).isEqualTo("app:v2");
    assertThat(rollout.at("/spec/replicas").asInt()).isEqualTo(6);
    assertThat(rollout.at("/spec/paused").asBoolean()).isTrue();
    assertThat(rollout.at("/status/phase").asText()).isEqualTo("Paused");
  }

  @Test
  void whatIsRefusedIsToldAndTheNextInputIsPlayed() throws Exception {
    List<String> troubles =
        play(
            """
            - try: {apiVersion: v1, kind: Service, metadata: {name: UPPER}, spec: {}}
            - plugin: undo app --to-revision=99
            - scale: {rollout: app, replicas: 5}
            """);

    assertThat(troubles).hasSize(2);
    assertThat(troubles.get(1)).contains("unable to find specified revision 99 in history");
    await().atMost(PATIENCE).until(() -> log().size() == 2);
  }

  private List<Observed> log() {
    return recorder.log("played");
  }

  private List<String> play(String inputs) throws IOException, InterruptedException {
    var scenario =
        new Scenario(
            "played",
            List.of((ObjectNode) YAML.readTree(ROLLOUT)),
            Input.all(YAML.readTree(inputs)),
            new Recording(Map.of(), Map.of(), Set.of()));
    return new Player(client, scenario, PATIENCE).play();
  }
}
