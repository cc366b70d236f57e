package dev.sluice.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckoutServiceExampleTest {

  private static final KubernetesSerialization CLIENT = new KubernetesSerialization();
  private static final Path FOLDER = Path.of("../../deploy/examples/checkout-service");
  private static final Path AS_GIVEN =
      Path.of("src/test/resources/dev/sluice/crd/checkout-service-as-given.yaml");

  static Stream<ObjectNode> objects() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(Resources::yaml)
          .toList()
          .stream()
          .flatMap(List::stream);
    }
  }

  static Stream<ObjectNode> ourKinds() throws IOException {
    return objects().filter(object -> object.get("apiVersion").textValue().equals(Api.API_VERSION));
  }

  @Test
  void nothingThatTheTeamWroteIsChanged() {
    List<ObjectNode> shipped = Resources.yaml(FOLDER.resolve("checkout-service.yaml"));
    ((ObjectNode) shipped.getFirst().get("metadata")).remove("annotations");
    ((ObjectNode) container(shipped.getFirst()))
        .put("image", "ghcr.io/acme/checkout-service:PLACEHOLDER");

    assertThat(shipped).isEqualTo(Resources.yaml(AS_GIVEN));
  }

  @ParameterizedTest
  @MethodSource("ourKinds")
  void theModelKeepsEverything(ObjectNode manifest) {
    Class<?> kind =
        manifest.get("kind").textValue().equals("Rollout") ? Rollout.class : AnalysisTemplate.class;

    Object object = CLIENT.unmarshal(manifest.toString(), kind);

    assertThat(Resources.parse(CLIENT.asJson(object).replace("'", "\\u0027"))).isEqualTo(manifest);
  }

  @Test
  void theRolloutIsValidAndOptsInToPushes() {
    Rollout rollout = CLIENT.unmarshal(rollout().toString(), Rollout.class);

    assertThat(RolloutValidation.validate(rollout)).isEmpty();
    assertThat(rollout.getMetadata().getAnnotations())
        .containsEntry("sluice.dev/image-repository", "ghcr.io/acme/checkout-service")
        .containsEntry("sluice.dev/image-tag", "release");
    assertThat(rollout.getSpec().strategy.canary.steps).hasSize(10);
    assertThat(rollout.getSpec().strategy.canary.dynamicStableScale).isTrue();
  }

  @Test
  void theIngressOfTheRolloutLeadsToItsStableService() throws IOException {
    JsonNode routing = rollout().at("/spec/strategy/canary");
    JsonNode ingress =
        objects()
            .filter(object -> object.get("kind").textValue().equals("Ingress"))
            .findFirst()
            .orElseThrow();

    assertThat(ingress.at("/metadata/name"))
        .isEqualTo(routing.at("/trafficRouting/nginx/stableIngress"));
    assertThat(ingress.at("/spec/rules/0/http/paths/0/backend/service/name"))
        .isEqualTo(routing.at("/stableService"));
  }

  @Test
  void theTemplateForTheLeakLooksAtTheCanarysPodsOnly() {
    JsonNode everyPod = Resources.yaml(AS_GIVEN).get(3);
    JsonNode canaryPods = Resources.yaml(FOLDER.resolve("leak-canary-memory.yaml")).getFirst();

    String narrowed =
        everyPod
            .toString()
            .replace("\"name\":\"memory-usage\"", "\"name\":\"memory-usage-canary\"")
            .replace("\"name\":\"memory\"", "\"name\":\"memory-canary\"")
            .replace("checkout-service-.*", "checkout-service-{{args.canary-hash}}-.*");
    assertThat(canaryPods).isEqualTo(Resources.parse(narrowed.replace("'", "\\u0027")));
  }

  @Test
  void thePatchForTheLeakAddsTheTemplateWhereMemoryIsAsked() throws IOException {
    JsonNode patch = Resources.YAML.readTree(FOLDER.resolve("patches/leak-steps.yaml").toFile());
    List<String> gates =
        Stream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
            .filter(step ->
                rollout()
                    .at("/spec/strategy/canary/steps/" + step + "/analysis/templates")
                    .findValuesAsText("templateName")
                    .contains("memory-usage"))
            .map(step -> "/spec/strategy/canary/steps/" + step + "/analysis/templates/-")
            .toList();

    assertThat(patch.findValuesAsText("path")).isEqualTo(gates);
    assertThat(patch.findValuesAsText("templateName")).containsOnly("memory-usage-canary");
  }

  private static ObjectNode rollout() {
    return Resources.yaml(FOLDER.resolve("checkout-service.yaml")).getFirst();
  }

  private static JsonNode container(JsonNode rollout) {
    return rollout.at("/spec/template/spec/containers/0");
  }
}
