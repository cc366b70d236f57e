package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.crd.Experiment;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentPhasesIT {

  @TempDir static Path folder;

  @Test
  void anExperimentGoesThroughThePhasesOfOneThatSucceeds() throws Exception {
    try (var cluster = new EmbeddedCluster(folder);
        KubernetesClient client = Stage.client(cluster.kubeconfig());
        var _ = new ExperimentPhases(client)) {
      List<String> seen = new CopyOnWriteArrayList<>();
      try (Watch _ = client.resources(Experiment.class).inNamespace("a").watch(into(seen))) {
        client
            .resource(new NamespaceBuilder().withNewMetadata().withName("a").endMetadata().build())
            .create();
        client
            .resource(
                new YAMLMapper()
                    .readValue(
                        """
                        metadata: {name: e, namespace: a}
                        spec:
                          templates:
                          - name: t
                            selector: {}
                            template: {spec: {containers: [{name: main, image: a}]}}
                        """,
                        Experiment.class))
            .create();
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() ->
                assertThat(seen)
                    .containsExactly(
                        "", "Pending", "Running", "Successful: Required AnalysisRuns completed"));
      }
    }
  }

  private static Watcher<Experiment> into(List<String> seen) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, Experiment experiment) {
        var status = experiment.getStatus();
        seen.add(
            status == null
                ? ""
                : status.phase + (status.message == null ? "" : ": " + status.message));
      }

      @Override
      public void onClose(WatcherException cause) {}
    };
  }
}
