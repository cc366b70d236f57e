package dev.sluice.orchestrator.kubernetes;

import static dev.sluice.orchestrator.kubernetes.world.Checkout.CANARY;
import static dev.sluice.orchestrator.kubernetes.world.Checkout.NAME;
import static dev.sluice.orchestrator.kubernetes.world.Checkout.STABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crd.Api;
import dev.sluice.crd.Condition;
import dev.sluice.crd.Rollout;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.kubernetes.event.Narrator;
import dev.sluice.orchestrator.kubernetes.world.Checkout;
import dev.sluice.orchestrator.kubernetes.world.ClusterWorld;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens when things are missing, come back, go, or are written by somebody else. */
class DisturbancesIT {

  private final ClusterWorld world = new ClusterWorld();
  private final Checkout checkout = new Checkout(world);

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void aRolloutHealsAtOnceWhenWhatItNamesAppears() {
    checkout.apply(Map.of("stableIngress: checkout-ingress", "stableIngress: late"));
    String message =
        "InvalidSpec: The Rollout \"checkout-service\" is invalid:"
            + " spec.strategy.canary.trafficRouting.nginx.stableIngress: Invalid value:"
            + " \"late\": ingress.networking.k8s.io \"late\" not found";
    Rollout invalid =
        world.await(
            NAME, message, r -> r.getStatus() != null && message.equals(r.getStatus().message));
    assertThat(invalid.getStatus().json().properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("observedGeneration", "conditions", "phase", "message");
    assertThat(world.replicaSets()).isEmpty();

    Ingress ingress =
        world
            .hands
            .network()
            .v1()
            .ingresses()
            .inNamespace(ClusterWorld.NAMESPACE)
            .withName("checkout-ingress")
            .get();
    ingress.getMetadata().setName("late");
    ingress.getMetadata().setResourceVersion(null);
    ingress.getMetadata().setUid(null);
    world.hands.resource(ingress).create();
    world.awaitPhase(NAME, "Healthy");
  }

  @Test
  void aReplicaSetThatIsNotAllowedIsSaidAndTriedAgain() {
    checkout.deploy(Map.of("- pause: { duration: 2m }", "- pause: {}"));
    ResourceQuota quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withName("few")
            .withNamespace(ClusterWorld.NAMESPACE)
            .endMetadata()
            .withNewSpec()
            .addToHard("count/replicasets.apps", new Quantity("1"))
            .endSpec()
            .build();
    world.hands.resource(quota).create();

    checkout.update("2.0.0");

    Condition condition =
        world
            .await(NAME, "the refusal", r -> isRefused(progressing(r)))
            .getStatus()
            .conditions
            .stream()
            .filter(c -> isRefused(Optional.of(c)))
            .findFirst()
            .orElseThrow();
    assertThat(condition.message)
        .startsWith("Failed to create new replica set \"" + NAME + "-")
        .contains("is forbidden: exceeded quota: few");
    assertThat(world.replicaSets()).hasSize(1);
    world.until(
        "the refusal told",
        () -> world.events("Rollout").stream().map(Event::getReason).toList(),
        told -> told.contains("ReplicaSetCreateError"));

    world.hands.resource(quota).delete();
    world.awaitPhase(NAME, "Paused");
    assertThat(world.replicaSets()).hasSize(2);
  }

  private static Optional<Condition> progressing(Rollout rollout) {
    return rollout.getStatus() == null || rollout.getStatus().conditions == null
        ? Optional.empty()
        : rollout.getStatus().conditions.stream()
            .filter(c -> c.type.equals("Progressing"))
            .findFirst();
  }

  private static boolean isRefused(Optional<Condition> condition) {
    return condition.filter(c -> c.reason.equals("ReplicaSetCreateError")).isPresent();
  }

  @Test
  void aRestartWritesNothingAndTakesNothingForACommand() {
    checkout.deploy(Map.of("- pause: { duration: 2m }", "- pause: {}"));
    checkout.update("2.0.0");
    world.awaitPhase(NAME, "Paused");
    settle();
    long facts = world.store.facts(checkout.uid()).size();
    world.stopEdge();
    world.api.audit().reset();
    world.startEdge();
    world.until("the edge to have seen all", () -> world.edge().isOpen(), open -> open);
    // A change that the edge has to answer shows that its first passes are over.
    world.patchStatus(NAME, "{\"pauseConditions\":null}");
    checkout.awaitGate(2);
    Map<String, Long> writes = world.writes();
    assertThat(writes).doesNotContainKeys("services patch", "replicasets.apps patch");
    assertThat(world.store.facts(checkout.uid()).subList((int) facts, (int) facts + 1))
        .hasOnlyElementsOfType(RolloutFact.CommandAccepted.class);
  }

  @Test
  void crashesInTheMiddleOfAnUpdateAreNoCommandsAndLoseNoEvent() {
    String old = checkout.deploy();
    checkout.update("2.0.0");
    for (int gate : List.of(2, 5, 8)) {
      world.crashEdge();
      checkout.awaitGate(gate);
      world.crashEdge();
      world.analysts.conclude(AnalysisPhase.SUCCESSFUL, "");
      world.crashEdge();
    }
    world.await(
        NAME,
        "Healthy with the new version",
        r -> "Healthy".equals(r.getStatus().phase) && !old.equals(r.getStatus().stableRS));
    assertThat(world.store.facts(checkout.uid()))
        .noneMatch(fact ->
            fact instanceof RolloutFact.CommandAccepted
                || fact instanceof RolloutFact.CommandRejected
                || fact instanceof RolloutFact.CommandSuperseded);
    List<String> told = told();
    world.until("all told", () -> world.events("Rollout").size(), count -> count == told.size());
    assertThat(world.events("Rollout"))
        .extracting(event -> event.getReason() + ": " + event.getMessage())
        .containsExactlyInAnyOrderElementsOf(told);
  }

  // The whole log, told by one narrator.
  private List<String> told() {
    Narrator narrator = new Narrator();
    return world.store.log(checkout.uid()).stream()
        .flatMap(entry -> narrator.tell(entry).stream())
        .map(each -> each.reason() + ": " + each.message())
        .toList();
  }

  @Test
  void whatWasAskedWhileNobodyListenedIsHeardAfterwards() {
    checkout.deploy(Map.of("- pause: { duration: 2m }", "- pause: {}"));
    checkout.update("2.0.0");
    world.awaitPhase(NAME, "Paused");
    settle();
    world.stopEdge();
    world.patchStatus(NAME, "{\"abort\":true}");
    world.startEdge();
    world.awaitPhase(NAME, "Degraded");
  }

  @Test
  void anOutageOfTheApiServerEndsWithWhatWasDecidedMeanwhile() {
    checkout.deploy();
    checkout.update("2.0.0");
    checkout.awaitGate(2);
    world.api.faults().refuse();
    world.analysts.measure();
    world.analysts.conclude(AnalysisPhase.FAILED, "bad");
    world.until("since when", () -> world.edge().outage().isPresent(), down -> down);
    world.api.faults().accept();
    world.awaitPhase(NAME, "Degraded");
    world.until("back", () -> world.edge().outage().isEmpty(), up -> up);
  }

  @Test
  void aServiceThatSomebodyElsePointsElsewhereIsPointedBack() {
    String hash = checkout.deploy();
    Service service = world.service(STABLE);
    service.getSpec().getSelector().put(Api.POD_TEMPLATE_HASH_LABEL, "nonsense");
    world.hands.resource(service).update();
    world.until("pointed back", () -> checkout.selected(STABLE), hash::equals);
  }

  @Test
  void aReplicaSetThatSomebodyElseScalesGetsItsSizeBack() {
    String hash = checkout.deploy();
    world
        .hands
        .apps()
        .replicaSets()
        .inNamespace(ClusterWorld.NAMESPACE)
        .withName(NAME + "-" + hash)
        .scale(2);
    world.until(
        "five pods", () -> world.replicaSet(hash).getStatus().getAvailableReplicas(), n -> n == 5);
    assertThat(world.replicaSet(hash).getSpec().getReplicas()).isEqualTo(5);
  }

  @Test
  void aStatusThatSomebodyElseSpoilsIsShownAgain() {
    checkout.deploy();
    world.patchStatus(NAME, "{\"phase\":\"Nonsense\",\"stableRS\":\"x\"}");
    world.awaitPhase(NAME, "Healthy");
    world.await(
        NAME, "its stable hash", r -> r.getStatus().stableRS.equals(r.getStatus().currentPodHash));
  }

  @Test
  void aManifestThatCannotBeUsedTakesNoServiceFromAnUpdateUnderWay() {
    String old = checkout.deploy();
    checkout.update("2.0.0");
    checkout.awaitGate(2);
    world.patch(NAME, "[{\"op\": \"remove\", \"path\": \"/spec/strategy/canary/canaryService\"}]");
    world.await(NAME, "InvalidSpec", r -> r.getStatus().message.startsWith("InvalidSpec"));
    assertThat(checkout.selected(CANARY)).isNotNull().isNotEqualTo(old);

    long before = world.store.facts(checkout.uid()).size();
    world.patchStatus(NAME, "{\"abort\":true}");
    world.until("taken back", () -> checkout.selected(CANARY), old::equals);
    world.until(
        "weight 0",
        () -> world.store.facts(checkout.uid()),
        facts -> facts.stream().skip(before).anyMatch(DisturbancesIT::isWithoutWeight));
  }

  @Test
  void whatIsDeletedGivesItsServicesBackAndIsOver() {
    checkout.deploy();
    String uid = checkout.uid();
    world.hands.resource(checkout.rollout()).delete();
    world.until("stable Service", () -> checkout.selected(STABLE) == null, gone -> gone);
    world.until("canary Service", () -> checkout.selected(CANARY) == null, gone -> gone);
    world.until(
        "over",
        () -> world.store.facts(uid).getLast(),
        RolloutFact.RolloutDeleted.class::isInstance);
    assertThat(world.service(STABLE).getMetadata().getAnnotations())
        .doesNotContainKey(Api.MANAGED_BY_ROLLOUTS);

    checkout.apply(Map.of());
    Rollout other = world.awaitPhase(NAME, "Healthy");
    assertThat(other.getMetadata().getUid()).isNotEqualTo(uid);
    assertThat(world.store.facts(uid).getLast()).isInstanceOf(RolloutFact.RolloutDeleted.class);
  }

  @Test
  void aRolloutThatWentWhileNobodyLookedIsOver() {
    checkout.deploy();
    String uid = checkout.uid();
    world.stopEdge();
    world.hands.resource(checkout.rollout()).delete();
    world.startEdge();
    world.until(
        "over",
        () -> world.store.facts(uid).getLast(),
        RolloutFact.RolloutDeleted.class::isInstance);
  }

  @Test
  void aServiceWhoseRolloutWentWhileNobodyLookedIsGivenBack() {
    checkout.apply(Map.of());
    world.stopEdge();
    Service service = world.service(STABLE);
    service.getMetadata().setAnnotations(Map.of(Api.MANAGED_BY_ROLLOUTS, "gone"));
    service.getSpec().setSelector(Map.of("app", "gone", Api.POD_TEMPLATE_HASH_LABEL, "abc"));
    service.getMetadata().setName("left-behind");
    service.getMetadata().setResourceVersion(null);
    service.getMetadata().setUid(null);
    service.getSpec().setClusterIP(null);
    service.getSpec().setClusterIPs(null);
    world.hands.resource(service).create();
    world.startEdge();
    world.until(
        "given back",
        () -> world.service("left-behind").getSpec().getSelector(),
        Map.of("app", "gone")::equals);
    assertThat(world.service("left-behind").getMetadata().getAnnotations())
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(),
            others -> assertThat(others).doesNotContainKey(Api.MANAGED_BY_ROLLOUTS));
  }

  @Test
  void aNumberOfPodsThatIsLeftOutIsWrittenForAutoscalers() {
    checkout.deploy(Map.of("  replicas: 5\n", ""));
    assertThat(checkout.rollout().getSpec().replicas).isEqualTo(1);
    assertThat(checkout.status().availableReplicas).isEqualTo(1);
  }

  @Test
  void aPushedImageIsWrittenByItsDigest() {
    checkout.deploy();
    ImagePushed push =
        new ImagePushed(
            "n-1",
            "registry",
            "ghcr.io/acme/checkout-service",
            "release",
            "sha256:abc",
            Instant.now(),
            Instant.now(),
            "ci");
    world.store.take(
        new Intake.Input(
            new Identity(checkout.uid(), ClusterWorld.NAMESPACE, NAME),
            "registry.pushes",
            "n-1",
            "ci",
            new Signal.ImagePushReported(push)));
    checkout.awaitGate(2);
    Rollout rollout = checkout.rollout();
    assertThat(rollout.getSpec().template.at("/spec/containers/0/image").asText())
        .isEqualTo("ghcr.io/acme/checkout-service@sha256:abc");
    assertThat(rollout.getMetadata().getAnnotations())
        .containsEntry("sluice.dev/pushed-by", "n-1")
        .containsEntry(Api.REVISION, "2");
  }

  private static boolean isWithoutWeight(RolloutFact fact) {
    return fact instanceof RolloutFact.WeightApplied applied && applied.weight() == 0;
  }

  // All that was decided is shown and told.
  private void settle() {
    world.until(
        "everything told",
        () -> {
          List<String> reasons =
              world.events("Rollout").stream().map(event -> event.getReason()).toList();
          return reasons.contains("RolloutPaused");
        },
        told -> told);
  }
}
