package dev.sluice.orchestrator.kubernetes.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.crd.Experiment;
import dev.sluice.crd.Rollout;
import dev.sluice.events.Fence;
import dev.sluice.orchestrator.ExperimentPlan;
import dev.sluice.orchestrator.StepExperiment;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExperimentManifestTest {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode RECORDED = recorded();

  @Test
  void looksAsTheRecordedOne() throws IOException {
    Rollout rollout =
        rollout(
            """
            metadata: {name: app, namespace: experiment-step-pass}
            spec:
              strategy:
                canary:
                  steps:
                  - experiment:
                      templates:
                      - {name: baseline, specRef: stable}
                      - {name: canary, specRef: canary, replicas: 2}
                      analyses:
                      - name: g
                        templateName: gate
                        requiredForCompletion: true
                        args: [{name: h, valueFrom: {podTemplateHashValue: Latest}}]
            """);
    Experiment object =
        new ExperimentManifest(
                rollout,
                experiment(
                    new ExperimentPlan(
                        List.of("baseline", "canary"),
                        null,
                        List.of(
                            new ExperimentPlan.Analysis(
                                "g",
                                true,
                                List.of(new ExperimentPlan.Argument("h", "7746f49889")))))),
                like(1),
                like(0))
            .object(
                new OwnerReferenceBuilder().withKind("Rollout").withName("app").build(), Map.of());
    JsonNode json = JSON.readTree(JSON.writeValueAsString(object));
    assertThat(json.path("spec")).isEqualTo(RECORDED.path("spec"));
    assertThat(json.at("/metadata/name")).isEqualTo(RECORDED.at("/metadata/name"));
    assertThat(json.at("/metadata/labels")).isEqualTo(RECORDED.at("/metadata/labels"));
    assertThat(json.at("/metadata/annotations")).isEqualTo(RECORDED.at("/metadata/annotations"));
    assertThat(json.at("/metadata/ownerReferences/0/kind").asText()).isEqualTo("Rollout");
    assertThat(json.has("status")).isFalse();
  }

  @Test
  void hasAllThatTheUserWrote() throws IOException {
    Rollout rollout =
        rollout(
            """
            metadata:
              name: app
              namespace: shop
              labels: {team: shop, argo-rollouts.argoproj.io/controller-instance-id: mine}
            spec:
              progressDeadlineSeconds: 90
              strategy:
                canary:
                  steps:
                  - setWeight: 5
                  - experiment:
                      duration: 1h30m
                      scaleDownDelaySeconds: 7
                      dryRun: [{metricName: ^p}]
                      analysisRunMetadata: {labels: {mine: yes-it-is}}
                      templates:
                      - name: a
                        specRef: canary
                        metadata: {labels: {role: trial}, annotations: {note: here}}
                      - name: b
                        specRef: canary
                        selector: {matchLabels: {own: selector}}
                        weight: 5
                      - {name: c, specRef: canary, service: {name: of-its-own}}
                      analyses: [{name: g, templateName: gate, clusterScope: true}]
            """);
    ReplicaSet canary = like(1);
    canary.getSpec().setMinReadySeconds(3);
    StepExperiment experiment =
        new StepExperiment(
            "app-7746f49889-2-1-1",
            1,
            2,
            "7746f49889",
            new Fence(2, 9),
            new ExperimentPlan(
                List.of("a", "b", "c"),
                Duration.ofMinutes(90),
                List.of(new ExperimentPlan.Analysis("g", false, List.of()))),
            null,
            "");
    ExperimentManifest manifest = new ExperimentManifest(rollout, experiment, canary, null);
    assertThat(manifest.isComplete()).isTrue();
    JsonNode json = JSON.valueToTree(manifest.object(null, Map.of("sluice.dev/fence", "2.9")));
    assertThat(json.at("/metadata/labels"))
        .isEqualTo(
            yaml(
                """
                team: shop
                argo-rollouts.argoproj.io/controller-instance-id: mine
                rollouts-pod-template-hash: 7746f49889
                """));
    assertThat(json.at("/metadata/annotations"))
        .isEqualTo(yaml("{rollout.argoproj.io/revision: '2', sluice.dev/fence: '2.9'}"));
    assertThat(json.at("/spec/templates/0/template/metadata"))
        .isEqualTo(
            yaml(
                """
                labels: {app: app, rollouts-pod-template-hash: 7746f49889, role: trial}
                annotations: {note: here}
                """));
    assertThat(json.at("/spec/templates/0/selector"))
        .isEqualTo(
            yaml("{matchLabels: {app: app, rollouts-pod-template-hash: 7746f49889, role: trial}}"));
    assertThat(json.at("/spec/templates/0/minReadySeconds").asInt()).isEqualTo(3);
    assertThat(json.at("/spec/templates/0").has("service")).isFalse();
    assertThat(json.at("/spec/templates/1/selector"))
        .isEqualTo(yaml("{matchLabels: {own: selector}}"));
    assertThat(json.at("/spec/templates/1/service")).isEqualTo(yaml("{}"));
    assertThat(json.at("/spec/templates/2/service")).isEqualTo(yaml("{name: of-its-own}"));
    ((ObjectNode) json.path("spec")).remove("templates");
    assertThat(json.path("spec"))
        .isEqualTo(
            yaml(
                """
                duration: 1h30m
                progressDeadlineSeconds: 90
                analyses: [{name: g, templateName: gate, clusterScope: true}]
                scaleDownDelaySeconds: 7
                dryRun: [{metricName: ^p}]
                analysisRunMetadata: {labels: {mine: yes-it-is}}
                """));
  }

  @Test
  void waitsForTheReplicaSetsThatItsTemplatesAreCopiedFrom() throws IOException {
    Rollout rollout =
        rollout(
            """
            metadata: {name: app, namespace: shop}
            spec: {strategy: {canary: {steps: [{experiment: {templates: [
              {name: a, specRef: canary}, {name: b, specRef: stable}]}}]}}}
            """);
    StepExperiment experiment = experiment(new ExperimentPlan(List.of("a", "b"), null, List.of()));
    assertThat(new ExperimentManifest(rollout, experiment, like(1), null).isComplete()).isFalse();
    assertThat(new ExperimentManifest(rollout, experiment, null, like(0)).isComplete()).isFalse();
    assertThat(new ExperimentManifest(rollout, experiment, like(1), like(0)).isComplete()).isTrue();
  }

  private static StepExperiment experiment(ExperimentPlan plan) {
    return new StepExperiment(
        "app-7746f49889-2-0", 0, 2, "7746f49889", new Fence(2, 9), plan, null, "");
  }

  // The ReplicaSet that the recorded template was copied from.
  private static ReplicaSet like(int template) throws IOException {
    JsonNode recorded = RECORDED.path("spec").path("templates").get(template);
    var replicaSet = JSON.createObjectNode();
    var spec = replicaSet.putObject("spec").put("replicas", 0);
    spec.set("selector", recorded.path("selector"));
    spec.set("template", recorded.path("template"));
    return JSON.treeToValue(replicaSet, ReplicaSet.class);
  }

  private static Rollout rollout(String text) throws IOException {
    return YAML.readValue(text, Rollout.class);
  }

  private static JsonNode yaml(String text) throws IOException {
    return YAML.readTree(text);
  }

  private static JsonNode recorded() {
    try {
      return YAML.readTree(
          Path.of("src/test/resources/kubernetes/experiment/recorded.yaml").toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
