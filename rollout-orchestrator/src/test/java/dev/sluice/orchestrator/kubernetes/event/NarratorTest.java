package dev.sluice.orchestrator.kubernetes.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.Fence;
import dev.sluice.events.PluginOperation;
import dev.sluice.events.PluginPhase;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.TrafficApplied.RouteObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts are those of recorded runs of Argo Rollouts. */
class NarratorTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<String> DETAILS =
      List.of(
          "ScalingReplicaSet",
          "SwitchService",
          "CanaryIngress",
          "TrafficWeightUpdated",
          "RolloutPaused",
          "RolloutResumed",
          "AnalysisRunRunning");

  /** What tools see of the checkout example up to its first gate, with short names. */
  private static final List<String> RECORDED =
      List.of(
          "Normal AnalysisRunRunning: Step Analysis Run 'app-v2-2-2' Status New: 'Running' Previous: ''",
          "Normal AnalysisRunSuccessful: Step Analysis Run 'app-v2-2-2' Status New: 'Successful' Previous: 'Running'",
          "Normal CreatingCanaryIngress: Creating canary ingress `canary` with weight `0`",
          "Normal NewReplicaSetCreated: Created ReplicaSet app-v1 (revision 1)",
          "Normal NewReplicaSetCreated: Created ReplicaSet app-v2 (revision 2)",
          "Normal PatchingCanaryIngress: Updating Ingress `canary` to desiredWeight '5'",
          "Normal RolloutCompleted: Rollout completed update to revision 1 (v1): Initial deploy",
          "Normal RolloutNotCompleted: Rollout not completed, started update to revision 1 (v1)",
          "Normal RolloutNotCompleted: Rollout not completed, started update to revision 2 (v2)",
          "Normal RolloutPaused: Rollout is paused (CanaryPauseStep)",
          "Normal RolloutResumed: Rollout is resumed",
          "Normal RolloutStepCompleted: Rollout step 1/10 completed (setWeight: 5)",
          "Normal RolloutStepCompleted: Rollout step 2/10 completed (pause: 2s)",
          "Normal RolloutStepCompleted: Rollout step 3/10 completed (analysis)",
          "Normal RolloutUpdated: Rollout updated to revision 1",
          "Normal RolloutUpdated: Rollout updated to revision 2",
          "Normal ScalingReplicaSet: Scaled up ReplicaSet app-v1 (revision 1) from 0 to 5",
          "Normal ScalingReplicaSet: Scaled up ReplicaSet app-v2 (revision 2) from 0 to 1",
          "Normal SwitchService: Switched selector for service 'app-canary' from '' to 'v1'",
          "Normal SwitchService: Switched selector for service 'app-canary' from 'v1' to 'v2'",
          "Normal SwitchService: Switched selector for service 'app-stable' from '' to 'v1'",
          "Normal TrafficWeightUpdated: Traffic weight updated ",
          "Normal TrafficWeightUpdated: Traffic weight updated from 0 to 5",
          "Normal TrafficWeightUpdated: Traffic weight updated to 0");

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
  void aPluginIsToldWhereItsPhaseChangesAndItsSuccessWithItsStep() {
    assertThat(
            told(
                new RolloutFact.StepPluginCalled(2, "smoke", PluginOperation.RUN, 1),
                answered(PluginOperation.RUN, null, PluginPhase.RUNNING, ""),
                answered(PluginOperation.RUN, PluginPhase.RUNNING, PluginPhase.RUNNING, "half"),
                answered(PluginOperation.RUN, PluginPhase.RUNNING, PluginPhase.ERROR, "no answer"),
                answered(PluginOperation.RUN, PluginPhase.ERROR, PluginPhase.SUCCESSFUL, "done"),
                new RolloutFact.StepCompleted(3, 4, "plugin: smoke"),
                answered(PluginOperation.ABORT, null, PluginPhase.SUCCESSFUL, "")))
        .containsExactly(
            "Normal StepPluginTransition: Step Plugin 3 (smoke): Run is Running",
            "Warning StepPluginTransition: Step Plugin 3 (smoke): Run is Error: no answer",
            "Normal RolloutStepCompleted: Rollout step 3/4 completed (plugin: smoke)",
            "Normal StepPluginTransition: Step Plugin 3 (smoke): Abort is Successful");
  }

  private static RolloutFact answered(
      PluginOperation operation, PluginPhase from, PluginPhase to, String message) {
    return new RolloutFact.StepPluginAnswered(2, "smoke", operation, 1, from, to, message);
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

  @Test
  void allOfAFirstGateIsToldWhateverItTook() {
    assertThat(told(throughTheFirstGate())).hasSize(25).containsAll(RECORDED);
  }

  @Test
  void beyondTheBurstDetailsAreLeftOutAndDecisionsAreNot() {
    List<RolloutFact> facts = new ArrayList<>(List.of(throughTheFirstGate()));
    facts.addAll(List.of(stage(4, 5, 20)));
    facts.addAll(List.of(stage(7, 20, 50)));
    facts.add(new RolloutFact.RolloutCompleted(2, "v2", "Completed all 10 canary steps"));
    List<String> told = told(facts.toArray(RolloutFact[]::new));
    assertThat(told).filteredOn(text -> text.contains("StepCompleted")).hasSize(9);
    assertThat(told).filteredOn(text -> text.contains("AnalysisRunSuccessful")).hasSize(3);
    assertThat(told.getLast()).contains("RolloutCompleted");
    assertThat(told).filteredOn(NarratorTest::isDetail).hasSize(20);
  }

  @Test
  void aDetailMoreIsToldEveryFiveMinutes() {
    Narrator narrator = new Narrator();
    RolloutFact scaled = new RolloutFact.ReplicaSetScaled("app-a", 1, 5, 4);
    assertThat(tell(narrator, NOW, Collections.nCopies(30, scaled))).hasSize(20);
    assertThat(tell(narrator, NOW.plusSeconds(299), List.of(scaled))).isEmpty();
    assertThat(tell(narrator, NOW.plusSeconds(300), List.of(scaled, scaled))).hasSize(1);
    assertThat(tell(narrator, NOW.plusSeconds(86_400), Collections.nCopies(30, scaled)))
        .hasSize(20);
  }

  @Test
  void aPauseThatWaitsForSomebodyIsNoDetail() {
    Narrator narrator = new Narrator();
    tell(
        narrator, NOW, Collections.nCopies(20, new RolloutFact.ReplicaSetScaled("app-a", 1, 5, 4)));
    assertThat(
            tell(
                narrator,
                NOW,
                List.of(
                    new RolloutFact.PauseStarted("CanaryPauseStep", null),
                    new RolloutFact.PauseEnded("CanaryPauseStep", "promoted"))))
        .hasSize(2);
  }

  private static RolloutFact[] throughTheFirstGate() {
    List<RolloutFact> facts = new ArrayList<>();
    facts.add(new RolloutFact.RolloutAdopted(1));
    facts.add(started(1, "v1", ""));
    facts.add(new RolloutFact.ReplicaSetCreated("app-v1", 1));
    facts.add(new RolloutFact.ReplicaSetScaled("app-v1", 1, 0, 5));
    facts.add(new RolloutFact.RolloutCompleted(1, "v1", "Initial deploy"));
    facts.add(new RolloutFact.ServiceSwitched("app-stable", "", "v1"));
    facts.add(new RolloutFact.ServiceSwitched("app-canary", "", "v1"));
    facts.add(new RolloutFact.WeightApplied(0, -1, List.of(route("canary", 0, true, true))));
    facts.add(started(2, "v2", "v1"));
    facts.add(new RolloutFact.ReplicaSetCreated("app-v2", 2));
    facts.add(new RolloutFact.ReplicaSetScaled("app-v2", 2, 0, 1));
    facts.add(new RolloutFact.WeightApplied(0, 0, List.of(route("canary", 0, false, true))));
    facts.add(new RolloutFact.ServiceSwitched("app-canary", "v1", "v2"));
    facts.addAll(List.of(stage(1, 0, 5)));
    return facts.toArray(RolloutFact[]::new);
  }

  private static RolloutFact[] stage(int step, int from, int weight) {
    String run = "app-v2-2-" + (step + 1);
    return new RolloutFact[] {
      new RolloutFact.WeightApplied(weight, from, List.of(route("canary", weight, false, true))),
      new RolloutFact.StepCompleted(step, 10, "setWeight: " + weight),
      new RolloutFact.PauseStarted("CanaryPauseStep", NOW),
      new RolloutFact.PauseEnded("CanaryPauseStep", "its time is over"),
      new RolloutFact.StepCompleted(step + 1, 10, "pause: 2s"),
      phase(run, null, AnalysisPhase.RUNNING),
      phase(run, AnalysisPhase.RUNNING, AnalysisPhase.SUCCESSFUL),
      new RolloutFact.StepCompleted(step + 2, 10, "analysis")
    };
  }

  private static boolean isDetail(String text) {
    return DETAILS.stream().anyMatch(text::contains);
  }

  private static List<String> told(RolloutFact... facts) {
    return tell(new Narrator(), NOW, List.of(facts));
  }

  private static List<String> tell(Narrator narrator, Instant at, List<RolloutFact> facts) {
    List<String> texts = new ArrayList<>();
    for (RolloutFact fact : facts) {
      RolloutEvent entry = new RolloutEvent("u-1", "shop", "app", 1, 1, at, "a", "c", fact, "", "");
      for (Told each : narrator.tell(entry)) {
        texts.add(
            (each.isWarning() ? "Warning " : "Normal ") + each.reason() + ": " + each.message());
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
