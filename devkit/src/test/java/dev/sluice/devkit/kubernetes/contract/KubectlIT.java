package dev.sluice.devkit.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    boolean found =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, "kubectl")));
    assumeTrue(found, "skipped: no kubectl on the PATH of this machine");
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
    List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig"));
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
