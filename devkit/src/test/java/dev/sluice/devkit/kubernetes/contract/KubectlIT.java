package dev.sluice.devkit.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.devkit.controlplane.Assets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real kubectl, as people use it. */
@ExtendWith(KubernetesWorld.class)
class KubectlIT {
  private static final int LIMIT_SECONDS = 120;

  @TempDir private Path folder;

  @BeforeAll
  static void thereIsAKubectl() {
    assumeTrue(program().isPresent(), "skipped: no kubectl on this machine");
  }

  @Test
  void appliesAndChangesAndDeletes(Api api) throws IOException {
    CustomKinds.widgets(api);
    Path file = file("spec: {replicas: 2}");
    assertThat(kubectl(api, "apply", "-f", file.toString())).contains("/a created");
    assertThat(kubectl(api, "apply", "-f", file.toString())).contains("/a unchanged");
    assertThat(kubectl(api, "apply", "-f", file("spec: {replicas: 3, size: large}").toString()))
        .contains("/a configured");
    assertThat(kubectl(api, "get", "widget", "a", "-o", "jsonpath={.spec}"))
        .isEqualTo("{\"replicas\":3,\"size\":\"large\"}");
    assertThat(kubectl(api, "delete", "wdg", "a")).contains("deleted");
    assertThat(kubectl(api, "get", "widgets")).contains("No resources found");
  }

  @Test
  void refusesAFieldThatTheKindDoesNotHave(Api api) throws IOException {
    CustomKinds.widgets(api);

    assertThat(kubectl(api, "apply", "-f", file("spec: {replica: 2}").toString()))
        .contains("unknown field \"spec.replica\"");
  }

  @Test
  void appliesBuiltInKinds(Api api) throws IOException {
    Path file = deployment("web", "registry.test/web:1");
    assertThat(kubectl(api, "apply", "-f", file.toString()))
        .isEqualTo("deployment.apps/web created");
    assertThat(kubectl(api, "apply", "-f", folder.resolve("web.yaml").toString()))
        .isEqualTo("deployment.apps/web unchanged");
    // Somebody else adds a container: it stays, as lists are merged by their keys.
    api.strategic(
        api.in("apps/v1", "deployments/web"),
        "{spec: {template: {spec: {containers: [{name: side, image: 'registry.test/side:1'}]}}}}");
    assertThat(kubectl(api, "apply", "-f", deployment("web", "registry.test/web:2").toString()))
        .isEqualTo("deployment.apps/web configured");
    assertThat(
            kubectl(
                api,
                "get",
                "deployment",
                "web",
                "-o",
                "jsonpath={.spec.template.spec.containers[*].image}"))
        .contains("registry.test/web:2", "registry.test/side:1")
        .doesNotContain("web:1");
  }

  @Test
  void checksTheFieldsOfBuiltInKinds(Api api) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wrong}\ndota: {k: v}\n");

    assertThat(kubectl(api, "apply", "-f", file.toString())).contains("unknown field \"dota\"");
  }

  @Test
  void appliesOnTheServer(Api api) throws IOException {
    String applied = "configmap/a serverside-applied";
    assertThat(applyOnServer(api, "one", "{k: v, gone: x}")).isEqualTo(applied);
    assertThat(applyOnServer(api, "one", "{k: w}")).isEqualTo(applied);
    assertThat(api.get(api.in("v1", "configmaps/a")).body().path("data"))
        .isEqualTo(Api.tree("{k: w}"));

    assertThat(applyOnServer(api, "two", "{k: x}"))
        .contains("Apply failed with 1 conflict: conflict with \"one\": .data.k");
    assertThat(applyOnServer(api, "two", "{k: x}", "--force-conflicts")).isEqualTo(applied);
    assertThat(api.get(api.in("v1", "configmaps/a")).text("/data/k")).isEqualTo("x");
  }

  @Test
  void movesFromItsOwnApplyToTheServers(Api api) throws IOException {
    Path file = configMap("{k: v}");
    kubectl(api, "apply", "-f", file.toString());

    assertThat(kubectl(api, "apply", "--server-side", "-f", configMap("{l: w}").toString()))
        .isEqualTo("configmap/a serverside-applied");

    assertThat(api.get(api.in("v1", "configmaps/a")).body().path("data"))
        .isEqualTo(Api.tree("{l: w}"));
  }

  @Test
  void triesOnTheServer(Api api) throws IOException {
    assertThat(kubectl(api, "apply", "--dry-run=server", "-f", configMap("{k: v}").toString()))
        .isEqualTo("configmap/a created (server dry run)");
    assertThat(api.get(api.in("v1", "configmaps/a")).code()).isEqualTo(404);
  }

  @Test
  void explainsARollout(Api api) {
    CustomKinds.rollouts(api);

    assertThat(kubectl(api, "explain", "rollout.spec.strategy.canary"))
        .contains("GROUP: ", "argoproj.io", "FIELD: canary", "steps", "trafficRouting");
    assertThat(kubectl(api, "explain", "deployment.spec.template.spec.containers"))
        .contains("imagePullPolicy");
  }

  @Test
  void getsATable(Api api) {
    String path = CustomKinds.widgets(api);
    api.post(path, "{metadata: {name: a}, spec: {replicas: 3}}");
    api.merge(path + "/a/status", "{status: {phase: Good}}");

    assertThat(kubectl(api, "get", "widgets"))
        .containsPattern("NAME +DESIRED +PHASE +AGE\\na +3 +Good +\\d+s");
    assertThat(kubectl(api, "get", "widgets", "-o", "name"))
        .isEqualTo("widget.contract.sluice.dev/a");
  }

  @Test
  void getsAndWatchesEveryBuiltInKind(Api api) {
    for (String kinds :
        List.of("pods", "rs", "svc", "ep", "ing", "ev", "cm", "secrets", "sa", "deploy", "jobs")) {
      assertThat(kubectl(api, "get", kinds, "-A")).as(kinds).doesNotContain("rror");
    }
    assertThat(kubectl(api, "get", "ns")).containsPattern("default +Active");
  }

  @Test
  void describesWithItsEvents(Api api) {
    String path = CustomKinds.widgets(api);
    Answer object = api.post(path, "{metadata: {name: a}, spec: {note: hello}}");
    api.post(
        api.in("v1", "events"),
        """
        metadata: {name: a.1}
        involvedObject:
          {apiVersion: contract.sluice.dev/v1, kind: Widget, namespace: %s, name: a, uid: %s}
        reason: Tested
        message: it was looked at
        type: Normal
        count: 1
        source: {component: sluice}
        """
            .formatted(api.namespace(), object.text("/metadata/uid")));

    assertThat(kubectl(api, "describe", "widget", "a"))
        .containsPattern("Note: +hello")
        .containsPattern("Normal +Tested .* it was looked at");
  }

  @Test
  void patchesScalesLabelsAndAnnotates(Api api) {
    String path = CustomKinds.widgets(api);
    api.post(path, "{metadata: {name: a}}");

    kubectl(api, "patch", "widget", "a", "--type=merge", "-p", "{\"spec\":{\"note\":\"x\"}}");
    kubectl(
        api,
        "patch",
        "widget",
        "a",
        "--type=json",
        "-p",
        "[{\"op\":\"replace\",\"path\":\"/spec/size\",\"value\":\"large\"}]");
    kubectl(
        api,
        "patch",
        "widget",
        "a",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"phase\":\"Good\"}}");
    assertThat(kubectl(api, "scale", "widget", "a", "--replicas=4")).contains("scaled");
    kubectl(api, "label", "widget", "a", "tier=front");
    kubectl(api, "annotate", "widget", "a", "sluice.dev/note=hi");

    Answer object = api.get(path + "/a");
    assertThat(object.body().path("spec"))
        .isEqualTo(Api.tree("{note: x, replicas: 4, size: large}"));
    assertThat(object.text("/status/phase")).isEqualTo("Good");
    assertThat(object.text("/metadata/labels/tier")).isEqualTo("front");
    assertThat(object.text("/metadata/annotations/sluice.dev~1note")).isEqualTo("hi");
    assertThat(kubectl(api, "get", "widgets", "-l", "tier in (front)", "-o", "name"))
        .endsWith("/a");
  }

  @Test
  void scalesAReplicaSet(Api api) {
    api.post(api.in("apps/v1", "replicasets"), Samples.replicaSet("a", 0));

    assertThat(kubectl(api, "scale", "rs", "a", "--replicas=2")).contains("scaled");

    assertThat(api.get(api.in("apps/v1", "replicasets/a")).text("/spec/replicas")).isEqualTo("2");
  }

  @Test
  void watches(Api api) throws IOException, InterruptedException {
    String path = CustomKinds.widgets(api);
    api.post(path, "{metadata: {name: a}}");
    Path output = folder.resolve("watched");
    Process watch = start(api, output, "get", "widgets", "--watch");
    await()
        .atMost(Duration.ofSeconds(LIMIT_SECONDS))
        .until(() -> Files.readString(output).contains("a "));

    api.merge(path + "/a/status", "{status: {phase: Changed}}");

    await()
        .atMost(Duration.ofSeconds(LIMIT_SECONDS))
        .until(() -> Files.readString(output).contains("Changed"));
    watch.destroy();
    watch.waitFor();
  }

  @Test
  void waitsForAFact(Api api) throws IOException, InterruptedException {
    String path = CustomKinds.widgets(api);
    api.post(path, "{metadata: {name: a}}");
    Path output = folder.resolve("waited");
    Process waiting =
        start(
            api,
            output,
            "wait",
            "widget/a",
            "--for=jsonpath={.status.phase}=Good",
            "--timeout=60s");

    api.merge(path + "/a/status", "{status: {phase: Good}}");

    assertThat(waiting.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(output)).contains("condition met");
  }

  @Test
  void explains(Api api) {
    CustomKinds.widgets(api);

    assertThat(kubectl(api, "explain", "widget.spec.parts")).contains("weight");
  }

  /** That of the control plane, where there is one; else the machine's. */
  private static Optional<Path> program() {
    String assets = System.getenv(Assets.VARIABLE);
    return Stream.of((assets == null ? "" : assets + ":").concat(System.getenv("PATH")).split(":"))
        .map(entry -> Path.of(entry, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private String applyOnServer(Api api, String manager, String data, String... more)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("apply", "--server-side", "--field-manager", manager));
    arguments.addAll(List.of("-f", configMap(data).toString()));
    arguments.addAll(List.of(more));
    return kubectl(api, arguments.toArray(String[]::new));
  }

  private Path configMap(String data) throws IOException {
    return Files.writeString(
        folder.resolve("map.yaml"),
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: " + data);
  }

  private Path deployment(String name, String image) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s}
        spec:
          replicas: 0
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec: {containers: [{name: main, image: '%2$s', ports: [{containerPort: 80}]}]}
        """
            .formatted(name, image));
  }

  private Path file(String spec) throws IOException {
    return Files.writeString(
        folder.resolve("widget.yaml"),
        "apiVersion: contract.sluice.dev/v1\nkind: Widget\nmetadata: {name: a}\n" + spec);
  }

  private String kubectl(Api api, String... arguments) {
    try {
      Path output = Files.createTempFile(folder, "kubectl", ".out");
      Process process = start(api, output, arguments);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("kubectl does not end: " + String.join(" ", arguments));
      }
      return Files.readString(output, StandardCharsets.UTF_8).strip();
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError("kubectl cannot be run", failed);
    }
  }

  /** With a cache of its own: kubectl keeps what it discovered by address, and ports come again. */
  private Process start(Api api, Path output, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(program().orElseThrow().toString(), "--kubeconfig"));
    command.add(api.kubeconfig().toString());
    command.addAll(List.of("--cache-dir", folder.resolve("cache").toString()));
    command.addAll(List.of("--namespace", api.namespace()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
