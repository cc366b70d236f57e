package dev.sluice.orchestrator.kubernetes.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.devkit.controlplane.Assets;
import dev.sluice.devkit.controlplane.ControlPlane;
import dev.sluice.orchestrator.world.Neighbours;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real API server asks the service, over TLS, by the manifest that is handed out. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
@TestProfile(AdmissionKT.OverTls.class)
class AdmissionKT {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Path DEPLOY = Path.of("../deploy");

  @TempDir static Path folder;
  private static ControlPlane plane;

  @TestHTTPResource(value = "/admission/rollouts", tls = true)
  URI endpoint;

  @ConfigProperty(name = "quarkus.tls.key-store.p12.path")
  Path store;

  /** The settings that docs/admission.md names, with a free port. */
  public static final class OverTls implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "sluice.admission.enabled",
          "true",
          "quarkus.http.test-ssl-port",
          "0",
          "quarkus.tls.key-store.p12.path",
          certificate().store().toString(),
          "quarkus.tls.key-store.p12.alias",
          "server",
          "quarkus.tls.key-store.p12.alias-password",
          SelfSigned.PASSWORD,
          "quarkus.tls.key-store.p12.password",
          SelfSigned.PASSWORD);
    }
  }

  @BeforeAll
  static void theApiServerKnowsRollouts() throws IOException, InterruptedException {
    assumeTrue(
        Assets.find().isPresent(),
        "NOT TESTED on a real Kubernetes control plane: set " + Assets.VARIABLE);
    plane =
        ControlPlane.start(Assets.find().orElseThrow(), folder, ControlPlane.Options.defaults());
    Config config = Config.fromKubeconfig(plane.kubeconfig().toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      CustomResourceDefinition rollouts =
          client
              .apiextensions()
              .v1()
              .customResourceDefinitions()
              .load(DEPLOY.resolve("crds/rollouts.yaml").toFile())
              .serverSideApply();
      assertThat(rollouts.getMetadata().getName()).isEqualTo("rollouts.argoproj.io");
    }
    await().atMost(LIMIT).until(() -> kubectl("get", "rollouts").code() == 0);
  }

  @AfterAll
  static void stop() {
    if (plane != null) {
      plane.close();
    }
  }

  @Test
  void kubectlApplySaysWhatIsWrongAndStoresWhatIsRight() throws Exception {
    String manifest = Files.readString(DEPLOY.resolve("admission/webhook.yaml"));
    String authority =
        Base64.getEncoder().encodeToString(Files.readAllBytes(SelfSigned.of(store).authority()));
    Path webhook =
        write(
            "webhook.yaml",
            manifest
                .replace("https://sluice.example:8443/admission/rollouts", onlyAddress(endpoint))
                .replace("caBundle: \"\"", "caBundle: " + authority));
    assertThat(kubectl("apply", "-f", webhook.toString()).code()).isZero();
    Path wrong = write("wrong.yaml", rollout("wrong", 101));
    Path right = write("right.yaml", rollout("right", 20));

    // The API server takes a moment to hear of the configuration.
    Answer refused =
        await()
            .atMost(LIMIT)
            .until(
                () -> kubectl("apply", "--dry-run=server", "-f", wrong.toString()),
                answer -> answer.code() != 0);
    assertThat(refused.text())
        .contains(
            "admission webhook \"rollouts.sluice.dev\" denied the request: The Rollout \"wrong\" is"
                + " invalid: spec.strategy.steps[0].setWeight: Invalid value: 101: SetWeight needs"
                + " to be between 0 and 100");
    assertThat(kubectl("apply", "-f", wrong.toString()).code()).isNotZero();
    assertThat(kubectl("get", "rollout", "wrong").text()).contains("NotFound");

    assertThat(kubectl("apply", "-f", right.toString()).text()).contains("right created");
    assertThat(kubectl("get", "rollout", "right").code()).isZero();
  }

  private static String onlyAddress(URI endpoint) {
    return "https://127.0.0.1:" + endpoint.getPort() + endpoint.getPath();
  }

  private static String rollout(String name, int weight) {
    return """
    apiVersion: argoproj.io/v1alpha1
    kind: Rollout
    metadata: {name: %1$s}
    spec:
      selector: {matchLabels: {app: %1$s}}
      template:
        metadata: {labels: {app: %1$s}}
        spec: {containers: [{name: main, image: 'shop:1'}]}
      strategy: {canary: {steps: [{setWeight: %2$d}]}}
    """
        .formatted(name, weight);
  }

  private static Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private record Answer(int code, String text) {}

  private static Answer kubectl(String... words) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(words)));
    builder.command().add(0, Assets.find().orElseThrow().program("kubectl").toString());
    builder.command().add("--kubeconfig=" + plane.kubeconfig());
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes());
    return new Answer(process.waitFor(), text);
  }

  private static SelfSigned certificate() {
    try {
      return SelfSigned.in(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "tls-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
