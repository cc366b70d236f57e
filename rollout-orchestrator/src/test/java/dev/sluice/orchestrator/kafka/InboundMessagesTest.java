package dev.sluice.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.Fence;
import dev.sluice.events.RolloutCommand;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.VerdictReached;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Signal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboundMessagesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aVerdictIsHandledOnceForItsRunAndEpoch() {
    Input input =
        InboundMessages.input(
                new VerdictReached(
                    "u/r",
                    "u",
                    "ns",
                    "app",
                    3,
                    AnalysisRole.STEP,
                    AnalysisPhase.FAILED,
                    "m",
                    List.of(),
                    NOW))
            .orElseThrow();
    assertThat(input.id()).isEqualTo("u/r@3");
    assertThat(input.signal())
        .isEqualTo(new Signal.VerdictReported("u/r", 3, AnalysisPhase.FAILED, "m"));
  }

  @Test
  void aRepeatedAnswerOfTheRouterHasTheSameIdAndAnotherOutcomeAnotherOne() {
    var applied = new TrafficApplied.Outcome.Applied(5, 0, List.of());
    String id = id(applied, NOW);
    assertThat(id(applied, NOW.plusSeconds(9))).isEqualTo(id);
    assertThat(id(new TrafficApplied.Outcome.Superseded(new Fence(9, 9)), NOW)).isNotEqualTo(id);
    assertThat(id(new TrafficApplied.Outcome.Failed("x", NOW), NOW)).isNotEqualTo(id);
  }

  @Test
  void onlyARunUnderWayIsReportedFromProgress() {
    assertThat(InboundMessages.input(progress(AnalysisPhase.RUNNING)).orElseThrow().id()).isNull();
    assertThat(InboundMessages.input(progress(AnalysisPhase.FAILED))).isEmpty();
  }

  @Test
  void aCommandKeepsItsIdempotencyKey() {
    Input input =
        InboundMessages.input(
                new RolloutCommand("c-1", "u", RolloutCommand.Action.ABORT, "jo", NOW))
            .orElseThrow();
    assertThat(input.id()).isEqualTo("c-1");
    assertThat(input.actor()).isEqualTo("jo");
    assertThat(input.signal()).isEqualTo(new Signal.CommandReceived("c-1", new Command.Abort()));
  }

  private static String id(TrafficApplied.Outcome outcome, Instant at) {
    return InboundMessages.input(
            new TrafficApplied("u", "ns", "app", new Fence(2, 17), outcome, at))
        .orElseThrow()
        .id();
  }

  private static AnalysisProgress progress(AnalysisPhase phase) {
    return new AnalysisProgress("u/r", "u", "ns", "r", 3, phase, "", NOW, null, List.of());
  }
}
