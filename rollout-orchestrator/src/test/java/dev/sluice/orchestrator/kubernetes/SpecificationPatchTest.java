package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Edit;
import dev.sluice.orchestrator.Edits;
import dev.sluice.orchestrator.Push;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecificationPatchTest {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Push PUSH =
      new Push(
          "n-1",
          "ghcr.io/acme/app@sha256:abc",
          "ghcr.io/acme/app",
          "sha256:abc",
          Instant.EPOCH,
          "v1",
          true);

  @Test
  void everyContainerOfTheRepositoryGetsTheDigestAndNoOther() throws IOException {
    assertThat(patch("annotations: {a: b}", "ghcr.io/acme/app:v1", "envoy:1", "ghcr.io/acme/app"))
        .isEqualTo(
            YAML.readTree(
                """
                - {op: test, path: /metadata/resourceVersion, value: "7"}
                - {op: replace, path: /spec/template/spec/containers/0/image, value: "ghcr.io/acme/app@sha256:abc"}
                - {op: replace, path: /spec/template/spec/containers/2/image, value: "ghcr.io/acme/app@sha256:abc"}
                - {op: add, path: /metadata/annotations/sluice.dev~1pushed-by, value: n-1}
                """));
  }

  @Test
  void anObjectWithoutAnnotationsGetsSome() throws IOException {
    assertThat(patch("", "localhost:5000/x", "ghcr.io/acme/app@sha256:old"))
        .isEqualTo(
            YAML.readTree(
                """
                - {op: test, path: /metadata/resourceVersion, value: "7"}
                - {op: replace, path: /spec/template/spec/containers/1/image, value: "ghcr.io/acme/app@sha256:abc"}
                - {op: add, path: /metadata/annotations, value: {}}
                - {op: add, path: /metadata/annotations/sluice.dev~1pushed-by, value: n-1}
                """));
  }

  @Test
  void noContainerOfTheRepositoryMeansNoPatch() throws IOException {
    assertThat(patch("", "ghcr.io/acme/app-2:v1")).isEmpty();
  }

  @Test
  void aHaltIsWrittenWithTheMarkOfItsCommand() throws IOException {
    assertThat(patch(new Edit.Pause(true)))
        .isEqualTo(
            YAML.readTree(
                """
                - {op: test, path: /metadata/resourceVersion, value: "7"}
                - {op: add, path: /spec/paused, value: true}
                - {op: add, path: /metadata/annotations/sluice.dev~1changed-by, value: c-1}
                """));
  }

  @Test
  void aRestartIsWrittenAsRfc3339() throws IOException {
    assertThat(patch(new Edit.Restart(Instant.parse("2026-08-01T22:00:00Z"))).get(1))
        .isEqualTo(
            YAML.readTree("{op: add, path: /spec/restartAt, value: \"2026-08-01T22:00:00Z\"}"));
  }

  @Test
  void anImageIsForTheNamedContainerOrForAll() throws IOException {
    assertThat(patch(new Edit.Template.SetImage("sidecar", "envoy:2")).findValuesAsText("path"))
        .contains("/spec/template/spec/containers/1/image")
        .doesNotContain("/spec/template/spec/containers/0/image");
    assertThat(patch(new Edit.Template.SetImage("*", "envoy:2")).findValuesAsText("path"))
        .contains("/spec/template/spec/containers/0/image")
        .contains("/spec/template/spec/containers/1/image");
    assertThat(patch(new Edit.Template.SetImage("nobody", "envoy:2"))).isEmpty();
  }

  @Test
  void anUndoCopiesTheTemplateOfTheReplicaSetWithoutItsHash() throws IOException {
    assertThat(patch(new Edit.Template.Undo(3)).get(1))
        .isEqualTo(
            YAML.readTree(
                """
                op: add
                path: /spec/template
                value: {metadata: {labels: {app: app}}, spec: {containers: [{name: main, image: v1}]}}
                """));
    assertThat(patch(new Edit.Template.Undo(4))).isEmpty();
  }

  private static ArrayNode patch(Edit edit) throws IOException {
    Rollout rollout =
        YAML.readValue(
            """
            metadata: {resourceVersion: "7", annotations: {a: b}}
            spec: {template: {spec: {containers: [{name: main}, {name: sidecar}]}}}
            """,
            Rollout.class);
    ReplicaSet replicaSet =
        YAML.readValue(
            """
            metadata: {name: app-v1, annotations: {rollout.argoproj.io/revision: "3"}}
            spec:
              template:
                metadata: {labels: {app: app, rollouts-pod-template-hash: v1}}
                spec: {containers: [{name: main, image: v1}]}
            """,
            ReplicaSet.class);
    return SpecificationPatch.of(rollout, new Edits.Requested("c-1", edit, 1), List.of(replicaSet));
  }

  private static ArrayNode patch(String metadata, String... images) throws IOException {
    StringBuilder containers = new StringBuilder();
    for (String image : images) {
      containers.append("{image: \"").append(image).append("\"},");
    }
    Rollout rollout =
        YAML.readValue(
            "metadata: {resourceVersion: \"7\", %s}\nspec: {template: {spec: {containers: [%s]}}}"
                .formatted(metadata, containers),
            Rollout.class);
    return SpecificationPatch.of(rollout, PUSH);
  }
}
