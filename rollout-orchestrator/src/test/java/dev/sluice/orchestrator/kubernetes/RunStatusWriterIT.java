package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.AnalysisRunSpec;
import dev.sluice.devkit.kubernetes.KubernetesApi;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.MetricProgress;
import dev.sluice.orchestrator.kubernetes.world.Crds;
import dev.sluice.orchestrator.kubernetes.world.MemoryStore;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written of a run whose object is made later than its worker measures. */
class RunStatusWriterIT {

  private static final RolloutKey RUN = new RolloutKey("shop", "app-v2-2-1");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final KubernetesApi api = KubernetesApi.start(KubernetesApi.Options.defaults());
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(Config.fromKubeconfig(api.kubeconfig().toFile()))
          .build();
  private final InstantSource clock = InstantSource.fixed(NOW);
  private final ClusterObjects objects = new ClusterObjects(clock);
  private final MemoryStore store = new MemoryStore();
  private final Writes writes = new Writes(client, new Reachability(clock));
  private final RunStatusWriter writer =
      new RunStatusWriter(objects, writes, new EventWriter(writes, store, store), store, clock);

  @AfterEach
  void end() {
    store.close();
    objects.close();
    client.close();
    api.close();
  }

  @Test
  void anObjectThatIsMadeLateIsMadeWithItsStatusAndItsEventsAreToldOnce() throws Exception {
    api.installCrds(Crds.folder());
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(RUN.namespace())
                .endMetadata()
                .build())
        .create();
    writer.remember(succeeded());
    AnalysisRun late = run();
    writer.fill(late, "u-1");
    AnalysisRun made = writes.create(late);
    objects.runs.wrote(made);
    assertThat(made.getStatus().phase).isEqualTo("Successful");

    assertThat(writer.show(RUN)).isZero();
    assertThat(writer.show(RUN)).isZero();

    assertThat(client.v1().events().inNamespace(RUN.namespace()).list().getItems())
        .extracting(Event::getReason)
        .containsExactlyInAnyOrder("MetricSuccessful", "AnalysisRunSuccessful");
    assertThat(api.audit().counts().keySet())
        .as("it is not written again")
        .noneMatch(call -> call.verb().equals("patch"));
  }

  @Test
  void whatAnotherRolloutOfThatNameMeasuredIsNotTaken() {
    writer.remember(succeeded());
    AnalysisRun late = run();
    writer.fill(late, "u-2");
    assertThat(late.getStatus()).isNull();
  }

  private static AnalysisRun run() {
    AnalysisRun run = new AnalysisRun();
    run.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(RUN.namespace())
            .withName(RUN.name())
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion("argoproj.io/v1alpha1")
                    .withKind("Rollout")
                    .withName("app")
                    .withUid("u-1")
                    .withController(true)
                    .build())
            .build());
    run.setSpec(new AnalysisRunSpec());
    run.getSpec().metrics = List.of();
    return run;
  }

  private static AnalysisProgress succeeded() {
    MetricProgress metric =
        new MetricProgress(
            "error-rate",
            AnalysisPhase.SUCCESSFUL,
            "",
            false,
            1,
            1,
            0,
            0,
            0,
            0,
            1,
            1,
            null,
            List.of());
    return new AnalysisProgress(
        "u-1/" + RUN.name(),
        "u-1",
        RUN.namespace(),
        RUN.name(),
        2,
        AnalysisPhase.SUCCESSFUL,
        "",
        NOW,
        NOW,
        List.of(metric));
  }
}
