package dev.sluice.orchestrator.kubernetes;

import static dev.sluice.orchestrator.kubernetes.world.Checkout.CANARY;
import static dev.sluice.orchestrator.kubernetes.world.Checkout.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.Rollout;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.RolloutFact.CommandAccepted;
import dev.sluice.events.RolloutFact.CommandRejected;
import dev.sluice.events.RolloutFact.CommandSuperseded;
import dev.sluice.orchestrator.kubernetes.world.Checkout;
import dev.sluice.orchestrator.kubernetes.world.ClusterWorld;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people do, as the patches of the kubectl plugin. */
class CommandsIT {

  private static final Map<String, String> ENDLESS =
      Map.of("- pause: { duration: 2m }", "- pause: {}");

  private final ClusterWorld world = new ClusterWorld();
  private final Checkout checkout = new Checkout(world);

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void anAbortedUpdateIsTakenBackAndTriedAgain() {
    String old = checkout.deploy(ENDLESS);
    checkout.update("2.0.0");
    world.awaitPhase(NAME, "Paused");
    world.patchStatus(NAME, "{\"abort\":true}");
    Rollout aborted = world.awaitPhase(NAME, "Degraded");
    assertThat(aborted.getStatus().abortedAt).isNotNull();
    assertThat(aborted.getStatus().currentStepIndex).isZero();
    assertThat(aborted.getStatus().pauseConditions).isNull();
    world.until("the canary Service", () -> checkout.selected(CANARY), old::equals);

    world.patchStatus(NAME, "{\"abort\":false}");
    Rollout again = world.awaitPhase(NAME, "Paused");
    assertThat(again.getStatus().abortedAt).isNull();
    assertThat(again.getStatus().currentStepIndex).isEqualTo(1);
    assertThat(answers()).containsExactly("accepted abort", "accepted retry");
  }

  @Test
  void aPauseEndsWhenItsConditionIsTakenAway() {
    checkout.deploy(ENDLESS);
    checkout.update("2.0.0");
    world.awaitPhase(NAME, "Paused");
    world.patchStatus(NAME, "{\"pauseConditions\":null}");
    checkout.awaitGate(2);
    assertThat(answers()).containsExactly("accepted resume");
    world.await(NAME, "no pause", r -> r.getStatus().pauseConditions == null);
    assertThat(checkout.steps()).endsWith(1, 2);
  }

  @Test
  void aStepIsSkippedWhenItsIndexIsRaised() {
    checkout.deploy(ENDLESS);
    checkout.update("2.0.0");
    world.awaitPhase(NAME, "Paused");
    world.patchStatus(NAME, "{\"pauseConditions\":null}");
    String gate = checkout.awaitGate(2);
    world.until("the run", () -> world.run(gate), Objects::nonNull);
    world.patchStatus(NAME, "{\"pauseConditions\":null,\"currentStepIndex\":3}");
    world.await(NAME, "step 3 done", r -> r.getStatus().currentStepIndex >= 4);
    assertThat(answers()).containsExactly("accepted resume", "accepted skip to step 3");
    world.until("its end", () -> world.run(gate).getStatus().message, "Run Terminated"::equals);
  }

  @Test
  void aFullPromotionSkipsWhatIsLeft() {
    String old = checkout.deploy(ENDLESS);
    checkout.update("2.0.0");
    world.awaitPhase(NAME, "Paused");
    world.patchStatus(NAME, "{\"promoteFull\":true}");
    Rollout promoted =
        world.await(
            NAME,
            "Healthy with the new version",
            r -> "Healthy".equals(r.getStatus().phase) && !old.equals(r.getStatus().stableRS));
    assertThat(promoted.getStatus().promoteFull).isNotEqualTo(Boolean.TRUE);
    assertThat(promoted.getStatus().duration.completionStatus).isEqualTo("FastPromoted");
    assertThat(answers()).containsExactly("accepted promote full");
  }

  @Test
  void abortBeatsAFullPromotion() {
    checkout.deploy(ENDLESS);
    checkout.update("2.0.0");
    world.awaitPhase(NAME, "Paused");
    world.patchStatus(NAME, "{\"abort\":true,\"promoteFull\":true}");
    Rollout aborted = world.awaitPhase(NAME, "Degraded");
    assertThat(aborted.getStatus().promoteFull).isNotEqualTo(Boolean.TRUE);
    assertThat(answers()).containsExactly("accepted abort");
  }

  @Test
  void anAbortWithoutAnUpdateIsRejectedAndTakenOutOfTheStatus() {
    checkout.deploy();
    world.patchStatus(NAME, "{\"abort\":true}");
    world.await(NAME, "no abort", r -> !Boolean.TRUE.equals(r.getStatus().abort));
    assertThat(answers()).containsExactly("rejected abort");
    assertThat(checkout.status().phase).isEqualTo("Healthy");
  }

  @Test
  void aSkipOfAStaleReaderIsAnsweredAndUndone() {
    checkout.deploy(ENDLESS);
    checkout.update("2.0.0");
    world.awaitPhase(NAME, "Paused");
    world.patchStatus(NAME, "{\"currentStepIndex\":0}");
    world.await(NAME, "our index again", r -> r.getStatus().currentStepIndex == 1);
    assertThat(answers()).containsExactly("superseded skip to step 0");
  }

  @Test
  void aRunThatIsTerminatedByHandDoesNotPassItsGate() {
    checkout.deploy();
    checkout.update("2.0.0");
    String gate = checkout.awaitGate(2);
    world.until("the run", () -> world.run(gate), Objects::nonNull);
    world
        .hands
        .resources(AnalysisRun.class)
        .inNamespace(ClusterWorld.NAMESPACE)
        .withName(gate)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"terminate\":true}}");
    world.await(NAME, "paused", r -> "InconclusiveAnalysisRun".equals(r.getStatus().message));
    assertThat(answers()).hasSize(1).first().asString().startsWith("accepted terminate");
    assertThat(checkout.status().currentStepIndex).isEqualTo(2);
  }

  @Test
  void aRunThatIsDeletedByHandDoesNotPassItsGate() {
    checkout.deploy();
    checkout.update("2.0.0");
    String gate = checkout.awaitGate(2);
    world.until("the run", () -> world.run(gate), Objects::nonNull);
    world
        .hands
        .resources(AnalysisRun.class)
        .inNamespace(ClusterWorld.NAMESPACE)
        .withName(gate)
        .delete();
    world.await(NAME, "paused", r -> "InconclusiveAnalysisRun".equals(r.getStatus().message));
    assertThat(world.run(gate)).isNull();
  }

  // What became of the commands, in order.
  private List<String> answers() {
    return world.store.facts(checkout.uid()).stream()
        .map(CommandsIT::answer)
        .filter(Objects::nonNull)
        .toList();
  }

  private static String answer(RolloutFact fact) {
    return switch (fact) {
      case CommandAccepted(_, String command) -> "accepted " + command;
      case CommandRejected(_, String command, _) -> "rejected " + command;
      case CommandSuperseded(_, String command, _) -> "superseded " + command;
      default -> null;
    };
  }
}
