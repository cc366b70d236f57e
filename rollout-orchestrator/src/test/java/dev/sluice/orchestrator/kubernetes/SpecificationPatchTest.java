package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Push;
import java.io.IOException;
import java.time.Instant;
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
