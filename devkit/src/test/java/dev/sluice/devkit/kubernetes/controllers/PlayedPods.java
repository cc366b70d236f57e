package dev.sluice.devkit.kubernetes.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the player of pods does, on whatever API server it plays for. */
abstract class PlayedPods {
  @TempDir Path folder;

  /** Of a server where ReplicaSets and Jobs get pods, and the player runs them. */
  abstract KubernetesClient client();

  @Test
  void aPodGetsANodeAnAddressAndIsReady() {
    createPod("plain", "image: 'shop:1'");

    eventually(() -> {
      assertThat(Pods.isReady(pod("plain"))).isTrue();
      assertThat(pod("plain").getSpec().getNodeName()).isNotEmpty();
      assertThat(pod("plain").getStatus().getPodIP()).startsWith("10.244.");
    });
  }

  @Test
  void aReadinessProbeDelaysAPodThatRuns() {
    createPod(
        "probed",
        "{image: 'shop:1', readinessProbe: {initialDelaySeconds: 3, tcpSocket: {port: 1}}}");

    eventually(() -> {
      assertThat(Pods.hasPhase(pod("probed"), "Running")).isTrue();
      assertThat(Pods.isReady(pod("probed"))).isFalse();
    });
    eventually(() -> assertThat(Pods.isReady(pod("probed"))).isTrue());
    Instant created = Instant.parse(pod("probed").getMetadata().getCreationTimestamp());
    assertThat(Pods.readySince(pod("probed")).orElseThrow())
        .isAfterOrEqualTo(created.plusSeconds(3));
  }

  @Test
  void anImageThatIsNotThereIsNeverPulled() {
    createPod("pulled", "image: 'shop:bad-pull'");

    eventually(() ->
        assertThat(container("pulled").getState().getWaiting().getReason())
            .isEqualTo("ImagePullBackOff"));
    assertThat(Pods.hasPhase(pod("pulled"), "Pending")).isTrue();
  }

  @Test
  void aCommandThatIsNotThereCrashesAgainAndAgain() {
    createPod("crashing", "{image: 'shop:1', command: [/bad-command]}");

    eventually(() -> {
      ContainerStatus container = container("crashing");
      assertThat(container.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
      assertThat(container.getRestartCount()).isEqualTo(2);
      assertThat(container.getLastState().getTerminated().getExitCode()).isEqualTo(128);
    });
    assertThat(Pods.isReady(pod("crashing"))).isFalse();
  }

  @Test
  void aDeletedPodGoesWhateverItsGracePeriod() {
    createPod("deleted", "image: 'shop:1'", "terminationGracePeriodSeconds: 3600");
    eventually(() -> assertThat(Pods.isReady(pod("deleted"))).isTrue());

    client().pods().inNamespace("default").withName("deleted").delete();

    eventually(() -> assertThat(pod("deleted")).isNull());
  }

  @Test
  void anotherPodOfTheSameNameIsPlayedToo() {
    createPod("again", "image: 'shop:1'");
    eventually(() -> assertThat(Pods.isReady(pod("again"))).isTrue());
    client().pods().inNamespace("default").withName("again").withGracePeriod(0).delete();

    createPod("again", "image: 'shop:2'");

    eventually(() -> {
      assertThat(Pods.isReady(pod("again"))).isTrue();
      assertThat(container("again").getImage()).isEqualTo("shop:2");
    });
  }

  @Test
  void manyPodsGetReady() {
    client()
        .resource(
            """
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: many, namespace: default}
            spec:
              replicas: 200
              selector: {matchLabels: {app: many}}
              template:
                metadata: {labels: {app: many}}
                spec: {containers: [{name: main, image: 'shop:1'}]}
            """)
        .create();

    eventually(() -> {
      ReplicaSet set = client().apps().replicaSets().inNamespace("default").withName("many").get();
      assertThat(set.getStatus().getReadyReplicas()).isEqualTo(200);
    });
  }

  @Test
  void aJobWhoseCommandEndsWellIsComplete() {
    createJob("good", "[sh, -c]", "['test \"$WORD\" = hello']");

    eventually(() -> assertThat(conditions("good")).contains("SuccessCriteriaMet", "Complete"));
    assertThat(job("good").getStatus().getSucceeded()).isEqualTo(1);
    assertThat(job("good").getStatus().getCompletionTime()).isNotNull();
    assertThat(exitCode("good")).isZero();
  }

  @Test
  void aJobWhoseCommandFailsHasFailed() {
    createJob("bad", "[sh, -c]", "['exit 3']");

    eventually(() -> assertThat(conditions("bad")).contains("FailureTarget", "Failed"));
    assertThat(job("bad").getStatus().getFailed()).isEqualTo(1);
    assertThat(job("bad").getStatus().getConditions())
        .allSatisfy(one -> assertThat(one.getReason()).isEqualTo("BackoffLimitExceeded"));
    assertThat(exitCode("bad")).isEqualTo(3);
  }

  @Test
  void aJobWhoseCommandIsNotThereHasFailed() {
    createJob("absent", "[/bad-command]", "[]");

    eventually(() -> assertThat(conditions("absent")).contains("Failed"));
    assertThat(exitCode("absent")).isEqualTo(128);
  }

  @Test
  void aJobThatIsDeletedEndsItsCommand() {
    Path pid = folder.resolve("pid");
    createJob("endless", "[sh, -c]", "['echo $$ > %s; exec sleep 3600']".formatted(pid));
    eventually(() -> assertThat(Files.readString(pid)).endsWith("\n"));
    eventually(() -> assertThat(job("endless").getStatus().getReady()).isEqualTo(1));

    client()
        .batch()
        .v1()
        .jobs()
        .inNamespace("default")
        .withName("endless")
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();

    eventually(() -> {
      assertThat(job("endless")).isNull();
      assertThat(podsOf("endless")).isEmpty();
      assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))).isEmpty();
    });
  }

  static void eventually(ThrowingRunnable fact) {
    await().atMost(Duration.ofSeconds(120)).ignoreExceptions().untilAsserted(fact);
  }

  private void createPod(String name, String container, String... more) {
    String fields = container.startsWith("{") ? container.substring(1) : container + "}";
    client()
        .resource(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: %s, namespace: default}\n".formatted(name)
                + "spec:\n  containers: [{name: main, %s]\n".formatted(fields)
                + (more.length == 0 ? "" : "  " + String.join("\n  ", more) + "\n"))
        .create();
  }

  private void createJob(String name, String command, String arguments) {
    client()
        .resource(
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: %s, namespace: default}
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: main
                      image: 'shop:1'
                      command: %s
                      args: %s
                      env: [{name: WORD, value: hello}]
            """
                .formatted(name, command, arguments))
        .create();
  }

  private Pod pod(String name) {
    return client().pods().inNamespace("default").withName(name).get();
  }

  private ContainerStatus container(String pod) {
    return pod(pod).getStatus().getContainerStatuses().getFirst();
  }

  private Job job(String name) {
    return client().batch().v1().jobs().inNamespace("default").withName(name).get();
  }

  private List<String> conditions(String job) {
    return job(job).getStatus().getConditions().stream().map(JobCondition::getType).toList();
  }

  private List<Pod> podsOf(String job) {
    return client()
        .pods()
        .inNamespace("default")
        .withLabel("batch.kubernetes.io/job-name", job)
        .list()
        .getItems();
  }

  private int exitCode(String job) {
    ContainerStatus container =
        podsOf(job).getFirst().getStatus().getContainerStatuses().getFirst();
    return container.getState().getTerminated().getExitCode();
  }
}
