package dev.sluice.orchestrator.kubernetes.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.Fence;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.TrafficApplied.RouteObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts are those of recorded runs of Argo Rollouts. */
class NarratorTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aFirstDeploymentIsToldAsArgoRolloutsTellsIt() {
    assertThat(
            told(
                new RolloutFact.RolloutAdopted(1),
                new RolloutFact.RevisionStarted(
                    1, "6589c5c9db", "app-6589c5c9db", "", List.of("app:v1"), "new"),
                new RolloutFact.ReplicaSetCreated("app-6589c5c9db", 1),
                new RolloutFact.ReplicaSetScaled("app-6589c5c9db", 1, 0, 5),
                new RolloutFact.RolloutCompleted(1, "6589c5c9db", "Initial deploy"),
                new RolloutFact.ServiceSwitched("app-stable", "", "6589c5c9db"),
                new RolloutFact.WeightDesired(0, "6589c5c9db", "6589c5c9db"),
                new RolloutFact.WeightApplied(
                    0, -1, List.of(route("app-app-ing-canary", 0, true, true))),
                new RolloutFact.RouteSettled("6589c5c9db")))
        .containsExactly(
            "Normal RolloutAddedToInformer: Rollout resource added to informer: shop/app",
            "Normal RolloutUpdated: Rollout updated to revision 1",
            "Normal RolloutNotCompleted: Rollout not completed, started update to revision 1 (6589c5c9db)",
            "Normal NewReplicaSetCreated: Created ReplicaSet app-6589c5c9db (revision 1)",
            "Normal ScalingReplicaSet: Scaled up ReplicaSet app-6589c5c9db (revision 1) from 0 to 5",
            "Normal RolloutCompleted: Rollout completed update to revision 1 (6589c5c9db): Initial deploy",
            "Normal SwitchService: Switched selector for service 'app-stable' from '' to '6589c5c9db'",
            "Normal CreatingCanaryIngress: Creating canary ingress `app-app-ing-canary` with weight `0`",
            "Normal TrafficWeightUpdated: Traffic weight updated to 0");
  }

  @Test
  void stepsAndWeightsAreTold() {
    assertThat(
            told(
                new RolloutFact.WeightApplied(
                    0, 0, List.of(route("app-app-ing-canary", 0, false, true))),
                new RolloutFact.WeightApplied(
                    5, 0, List.of(route("app-app-ing-canary", 5, false, true))),
                new RolloutFact.StepCompleted(1, 10, "setWeight: 5"),
                new RolloutFact.PauseStarted("CanaryPauseStep", NOW),
                new RolloutFact.PauseEnded("CanaryPauseStep", "its time is over"),
                new RolloutFact.ReplicaSetScaled("app-a", 1, 5, 4)))
        .containsExactly(
            "Normal TrafficWeightUpdated: Traffic weight updated ",
            "Normal PatchingCanaryIngress: Updating Ingress `app-app-ing-canary` to desiredWeight '5'",
            "Normal TrafficWeightUpdated: Traffic weight updated from 0 to 5",
            "Normal RolloutStepCompleted: Rollout step 1/10 completed (setWeight: 5)",
            "Normal RolloutPaused: Rollout is paused (CanaryPauseStep)",
            "Normal RolloutResumed: Rollout is resumed",
            "Normal ScalingReplicaSet: Scaled down ReplicaSet app-a (revision 1) from 5 to 4");
  }

  @Test
  void aRunIsToldWithBothPhases() {
    assertThat(
            told(
                phase("app-v2-2-2", null, AnalysisPhase.RUNNING),
                phase("app-v2-2-2", AnalysisPhase.RUNNING, AnalysisPhase.FAILED),
                new RolloutFact.RolloutAborted(
                    2, "Step-based analysis phase error/failed: too many")))
        .containsExactly(
            "Normal AnalysisRunRunning: Step Analysis Run 'app-v2-2-2' Status New: 'Running' Previous: ''",
            "Warning AnalysisRunFailed: Step Analysis Run 'app-v2-2-2' Status New: 'Failed' Previous: 'Running'",
            "Warning RolloutAborted: Rollout aborted update to revision 2: Step-based analysis phase error/failed: too many");
  }

  @Test
  void theEndOfARunThatNobodyWaitsForIsNotTold() {
    assertThat(
            told(
                new RolloutFact.AnalysisTerminated("u-1/r", AnalysisRole.STEP, "aborted"),
                phase("r", AnalysisPhase.RUNNING, AnalysisPhase.SUCCESSFUL)))
        .isEmpty();
  }

  @Test
  void anAbortEndsAPauseWithoutResuming() {
    assertThat(
            told(
                new RolloutFact.PauseEnded("CanaryPauseStep", "the update was aborted"),
                new RolloutFact.RolloutAborted(2, "")))
        .containsExactly("Warning RolloutAborted: Rollout aborted update to revision 2");
  }

  @Test
  void aRevisionThatTakesOverFromAnotherUpdateDoesNotEndACompletedOne() {
    assertThat(
            told(
                started(2, "v2", "v1"),
                started(3, "v3", "v1"),
                new RolloutFact.RolloutCompleted(3, "v3", "Completed all 2 canary steps"),
                started(4, "v4", "v3")))
        .filteredOn(text -> text.contains("RolloutNotCompleted"))
        .containsExactly(
            "Normal RolloutNotCompleted: Rollout not completed, started update to revision 2 (v2)",
            "Normal RolloutNotCompleted: Rollout not completed, started update to revision 4 (v4)");
  }

  @Test
  void backToStableCompletesNothing() {
    assertThat(
            told(
                started(2, "v2", "v1"),
                started(3, "v1", "v1"),
                new RolloutFact.StepsSkipped("Rollback to stable ReplicaSets")))
        .containsExactly(
            "Normal RolloutUpdated: Rollout updated to revision 2",
            "Normal RolloutNotCompleted: Rollout not completed, started update to revision 2 (v2)",
            "Normal RolloutUpdated: Rollout updated to revision 3",
            "Normal SkipSteps: Rollback to stable ReplicaSets");
  }

  @Test
  void whatArgoRolloutsDoesNotKnowIsToldWhereSomebodyHasToKnowIt() {
    assertThat(
            told(
                new RolloutFact.TrafficRoutingFailed("ingress is gone"),
                new RolloutFact.CapacityDeadlineExceeded("too slow"),
                new RolloutFact.CommandRejected("c", "abort", "no update is under way"),
                new RolloutFact.CommandAccepted("c", "abort"),
                new RolloutFact.ImagePushAccepted("p", "app@sha256:1", "app:v1"),
                new RolloutFact.ImagePushIgnored("p", "app@sha256:1", "it is already wanted"),
                new RolloutFact.RolloutQuarantined("a fault"),
                new RolloutFact.WeightSuperseded(new Fence(9, 9)),
                new RolloutFact.RolloutDeleted()))
        .containsExactly(
            "Warning TrafficRoutingError: ingress is gone",
            "Warning CapacityDeadlineExceeded: too slow",
            "Warning CommandRejected: Cannot abort: no update is under way",
            "Normal ImagePushAccepted: Image app@sha256:1 replaces app:v1",
            "Normal ImagePushIgnored: Image app@sha256:1 is ignored: it is already wanted",
            "Warning RolloutQuarantined: a fault",
            "Normal RolloutDeleted: Rollout app/shop is deleted.");
  }

  private static List<String> told(RolloutFact... facts) {
    Narrator narrator = new Narrator();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < facts.length; i++) {
      RolloutEvent entry =
          new RolloutEvent("u-1", "shop", "app", i + 1, 1, NOW, "a", "c", facts[i], "", "");
      for (Told each : narrator.tell(entry)) {
        texts.add(
            (each.warning() ? "Warning " : "Normal ") + each.reason() + ": " + each.message());
      }
    }
    return texts;
  }

  private static RolloutFact started(int revision, String podHash, String stable) {
    return new RolloutFact.RevisionStarted(
        revision, podHash, "app-" + podHash, stable, List.of(), "");
  }

  private static RolloutFact phase(String name, AnalysisPhase from, AnalysisPhase to) {
    return new RolloutFact.AnalysisPhaseChanged("u-1/" + name, AnalysisRole.STEP, from, to, "");
  }

  private static RouteObject route(String name, int weight, boolean created, boolean changed) {
    return new RouteObject("Ingress", name, "1", weight, created, changed);
  }
}
