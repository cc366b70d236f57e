package dev.sluice.orchestrator.kubernetes;

import static dev.sluice.orchestrator.kubernetes.world.ClusterWorld.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crd.Experiment;
import dev.sluice.crd.Rollout;
import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.kubernetes.world.ClusterWorld;
import dev.sluice.orchestrator.kubernetes.world.Experimenter;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Experiment of a step: made, followed, ended, and what people do to it. */
class ExperimentsIT {

  private static final String NAME = "app";
  private static final String MANIFEST =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: app, labels: {team: shop}}
      spec:
        replicas: 2
        %s
        analysis: {unsuccessfulRunHistoryLimit: 1}
        selector: {matchLabels: {app: app}}
        strategy:
          canary:
            steps:
            - experiment:
                templates:
                - {name: baseline, specRef: stable}
                - {name: canary, specRef: canary, replicas: 2}
                analyses:
                - name: g
                  templateName: gate
                  args: [{name: h, valueFrom: {podTemplateHashValue: Latest}}]
            - setWeight: 50
            - pause: {}
        template:
          metadata: {labels: {app: app}}
          spec:
            containers: [{name: main, image: "registry.example/app:v1"}]
      """;

  private final ClusterWorld world = new ClusterWorld();
  private final Experimenter experimenter = new Experimenter(world);

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void itsSuccessLetsTheUpdateGoOn() {
    String stable = deploy("");
    String name = update("v2", 2);
    Experiment object = experimenter.await(name);
    String podHash = world.rollout(NAME).getStatus().currentPodHash;
    assertThat(object.getMetadata().getLabels())
        .containsEntry("rollouts-pod-template-hash", podHash)
        .containsEntry("team", "shop");
    assertThat(object.getMetadata().getAnnotations())
        .containsEntry("rollout.argoproj.io/revision", "2");
    assertThat(object.getSpec().templates)
        .extracting(each -> each.selector.matchLabels.get("rollouts-pod-template-hash"))
        .containsExactly(stable, podHash);
    assertThat(object.getSpec().analyses.getFirst().args.getFirst().value).isEqualTo(podHash);
    world.await(NAME, "status", r -> name.equals(r.getStatus().canary.currentExperiment));
    awaitMessage("Experiment \"" + name + "\" is not taken up by anybody yet");

    experimenter.phase(name, "Running", "");
    awaitMessage("more replicas need to be updated");
    experimenter.phase(name, "Successful", "Required AnalysisRuns completed");

    Rollout paused = world.awaitPhase(NAME, "Paused");
    assertThat(paused.getStatus().currentStepIndex).isEqualTo(2);
    assertThat(paused.getStatus().canary.currentExperiment).isNull();
    assertThat(experimenter.find(name).getSpec().terminate).isNull();
    awaitEvent("ExperimentCreated: Created Experiment '" + name + "'");
    awaitEvent("RolloutStepCompleted: Rollout step 1/3 completed (experiment)");
    assertThat(world.writes())
        .containsEntry("experiments.argoproj.io create", 1L)
        .doesNotContainKey("experiments.argoproj.io patch");
  }

  @Test
  void itsFailureTakesTheUpdateBackAndWhatIsOldGoes() {
    deploy("");
    String first = update("v2", 2);
    experimenter.await(first);
    experimenter.phase(first, "Failed", "too slow");
    Rollout degraded = world.awaitPhase(NAME, "Degraded");
    assertThat(degraded.getStatus().message)
        .isEqualTo(
            "RolloutAborted: Rollout aborted update to revision 2:"
                + " Experiment analysis phase is error/failed: too slow");

    world.patchStatus(NAME, "{\"abort\":false}");
    String second = first + "-1";
    experimenter.await(second);
    experimenter.phase(second, "Error", "");
    world.awaitPhase(NAME, "Degraded");
    // Only one that was without success is kept.
    world.until(
        "the first to be deleted",
        () -> experimenter.all().stream().map(e -> e.getMetadata().getName()).toList(),
        List.of(second)::equals);
  }

  @Test
  void whatNobodyWaitsForIsEnded() {
    deploy("");
    String first = update("v2", 2);
    experimenter.await(first);
    experimenter.phase(first, "Running", "");
    String second = update("v3", 3);
    experimenter.await(second);
    experimenter.awaitEndAsked(first);
    experimenter.phase(first, "Successful", "");

    experimenter.phase(second, "Running", "");
    world.await(NAME, "status", r -> second.equals(r.getStatus().canary.currentExperiment));
    world.patchStatus(NAME, "{\"abort\":true}");
    experimenter.awaitEndAsked(second);
    world.awaitPhase(NAME, "Degraded");
  }

  @Test
  void whoEndsItByHandHasNotPassedIt() {
    deploy("");
    String name = update("v2", 2);
    experimenter.await(name);
    experimenter.phase(name, "Running", "");
    experimenter.terminate(name);
    experimenter.phase(name, "Successful", "");
    Rollout paused = world.awaitPhase(NAME, "Paused");
    assertThat(paused.getStatus().message).isEqualTo("InconclusiveExperiment");
    assertThat(world.facts(NAME))
        .filteredOn(RolloutFact.CommandAccepted.class::isInstance)
        .extracting(fact -> ((RolloutFact.CommandAccepted) fact).command())
        .containsExactly("terminate " + name);

    // The plugin's promote says no more.
    world.patchStatus(NAME, "{\"pauseConditions\":null}");
    world.await(NAME, "the next step", r -> r.getStatus().currentStepIndex == 2);
  }

  @Test
  void oneThatIsDeletedHasNotPassedAndIsNotMadeAgain() {
    deploy("");
    String name = update("v2", 2);
    experimenter.await(name);
    experimenter.delete(name);
    Rollout paused = world.awaitPhase(NAME, "Paused");
    assertThat(paused.getStatus().message).isEqualTo("InconclusiveExperiment");
    assertThat(experimenter.all()).isEmpty();
  }

  @Test
  void oneThatWasDeletedWhileNobodyLookedIsNotMadeAgain() {
    deploy("");
    String name = update("v2", 2);
    experimenter.await(name);
    experimenter.phase(name, "Running", "");
    awaitMessage("more replicas need to be updated");
    world.stopEdge();
    experimenter.delete(name);
    world.startEdge();
    world.awaitPhase(NAME, "Paused");
    assertThat(experimenter.all()).isEmpty();
  }

  @Test
  void aCrashBeforeItIsTakenUpMakesNoSecondOne() {
    deploy("");
    String name = update("v2", 2);
    experimenter.await(name);
    world.crashEdge();
    experimenter.phase(name, "Successful", "");
    world.awaitPhase(NAME, "Paused");
    assertThat(experimenter.all()).hasSize(1);
    assertThat(world.rollout(NAME).getStatus().currentStepIndex).isEqualTo(2);
  }

  @Test
  void whereNobodyRunsExperimentsTheRolloutSaysSo() {
    deploy("progressDeadlineSeconds: 3");
    String name = update("v2", 2);
    String text =
        "Experiment \"%s\" is not taken up by anybody yet: is a controller of Experiments installed?"
            .formatted(name);
    Rollout degraded = world.awaitPhase(NAME, "Degraded");
    assertThat(degraded.getStatus().message).isEqualTo("ProgressDeadlineExceeded: " + text);
    awaitEvent("ExperimentOverdue: " + text);
    assertThat(degraded.getStatus().currentStepIndex).isZero();

    experimenter.phase(name, "Running", "");
    world.awaitPhase(NAME, "Progressing");
  }

  @Test
  void oneThatIsNotAllowedHoldsNothingUpAndIsTriedAgain() {
    deploy("");
    ResourceQuota quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withName("none")
            .withNamespace(NAMESPACE)
            .endMetadata()
            .withNewSpec()
            .addToHard("count/experiments.argoproj.io", new Quantity("0"))
            .endSpec()
            .build();
    world.hands.resource(quota).create();
    String name = update("v2", 2);
    awaitMessage("Experiment \"" + name + "\" is not taken up by anybody yet");
    assertThat(experimenter.all()).isEmpty();
    world.hands.resource(quota).delete();
    experimenter.await(name);
  }

  private String deploy(String more) {
    world
        .hands
        .load(new ByteArrayInputStream(MANIFEST.formatted(more).getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(item -> world.hands.resource(item).inNamespace(NAMESPACE).create());
    return world.awaitPhase(NAME, "Healthy").getStatus().stableRS;
  }

  // Returns the name of the Experiment that is to come.
  private String update(String tag, int revision) {
    String before = world.rollout(NAME).getStatus().currentPodHash;
    world.patch(
        NAME,
        """
        [{"op": "replace", "path": "/spec/template/spec/containers/0/image",
          "value": "registry.example/app:%s"}]
        """
            .formatted(tag));
    Rollout updated =
        world.await(NAME, "the new hash", r -> !before.equals(r.getStatus().currentPodHash));
    return NAME + "-" + updated.getStatus().currentPodHash + "-" + revision + "-0";
  }

  private void awaitMessage(String message) {
    world.await(NAME, message, r -> message.equals(r.getStatus().message));
  }

  private void awaitEvent(String wanted) {
    world.until(
        wanted,
        () ->
            world.events("Rollout").stream()
                .map((Event each) -> each.getReason() + ": " + each.getMessage())
                .toList(),
        told -> told.contains(wanted));
  }
}
