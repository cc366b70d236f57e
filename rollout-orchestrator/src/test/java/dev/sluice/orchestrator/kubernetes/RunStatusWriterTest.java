package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.AnalysisRunSpec;
import dev.sluice.crd.AnalysisRunStatus;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.orchestrator.kubernetes.world.MemoryStore;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When something is to be written; that it is, {@link ClusterEdgeIT} shows. */
class RunStatusWriterTest {

  private static final RolloutKey RUN = new RolloutKey("shop", "app-v2-2-1");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final ClusterObjects objects = new ClusterObjects(() -> now);
  private final MemoryStore store = new MemoryStore();
  private final RunStatusWriter writer = new RunStatusWriter(objects, null, null, store, () -> now);

  @AfterEach
  void end() {
    store.close();
    objects.close();
  }

  @Test
  void whatChangesNoPhaseWaitsFiveSecondsFromItsFirstMeasurementOn() throws Exception {
    objects.runs.wrote(shown());
    writer.remember(progress(AnalysisPhase.RUNNING));
    assertThat(writer.show(RUN)).hasSeconds(5);
    now = now.plusSeconds(3);
    writer.remember(progress(AnalysisPhase.RUNNING));
    assertThat(writer.show(RUN)).hasSeconds(2);
  }

  @Test
  void theEndOfARunWaitsForItsObjectThoughNobodyAwaitsTheRun() throws Exception {
    writer.remember(progress(AnalysisPhase.FAILED));
    assertThat(writer.show(RUN)).isPositive();
  }

  @Test
  void anObjectThatNeverComesIsNotAwaitedForEver() throws Exception {
    writer.remember(progress(AnalysisPhase.FAILED));
    now = now.plus(RunStatusWriter.PATIENCE);
    assertThat(writer.show(RUN)).isZero();
  }

  private static AnalysisRun shown() {
    AnalysisRun run = new AnalysisRun();
    run.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(RUN.namespace())
            .withName(RUN.name())
            .withUid("u-2")
            .withResourceVersion("7")
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
    run.setStatus(new AnalysisRunStatus());
    run.getStatus().phase = "Running";
    return run;
  }

  private AnalysisProgress progress(AnalysisPhase phase) {
    return new AnalysisProgress(
        "u-1/" + RUN.name(),
        "u-1",
        RUN.namespace(),
        RUN.name(),
        2,
        phase,
        "",
        now,
        null,
        List.of());
  }
}
