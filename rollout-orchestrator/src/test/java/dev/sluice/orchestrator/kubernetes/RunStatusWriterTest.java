package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.orchestrator.kubernetes.world.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunStatusWriterTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private final RunStatusWriter writer =
      new RunStatusWriter(new ClusterObjects(() -> now), null, null, new MemoryStore(), () -> now);

  @Test
  void theEndOfARunWaitsForItsObjectThoughNobodyAwaitsTheRun() throws Exception {
    RolloutKey run = writer.remember(ended());
    assertThat(writer.show(run)).isPositive();
  }

  @Test
  void anObjectThatNeverComesIsNotAwaitedForEver() throws Exception {
    RolloutKey run = writer.remember(ended());
    now = START.plus(RunStatusWriter.PATIENCE);
    assertThat(writer.show(run)).isEqualTo(Duration.ZERO);
  }

  private static AnalysisProgress ended() {
    return new AnalysisProgress(
        "u/app-v2-2-0",
        "u",
        "production",
        "app-v2-2-0",
        1,
        AnalysisPhase.FAILED,
        "",
        START,
        START,
        List.of());
  }
}
