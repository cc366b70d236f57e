package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.crd.Rollout;
import dev.sluice.devkit.demo.CheckoutManifests;
import dev.sluice.devkit.process.ServiceProcess;
import dev.sluice.devkit.workload.Behaviour;
import dev.sluice.devkit.world.ServiceKind;
import dev.sluice.devkit.world.World;
import dev.sluice.devkit.world.WorldSettings;
import dev.sluice.events.EventChain;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutSnapshot;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rollouts of one installation while its parts are killed. Each test goes on where the last one
 * ended.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DisturbedST {

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  // Prometheus hears of a new pod up to 5 s late: a shorter pause would end before it has any data.
  private static final int SPEED = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String SECOND = "sha256:" + "2".repeat(64);
  private static final String THIRD = "sha256:" + "3".repeat(64);

  @TempDir static Path folder;
  private static World world;

  @BeforeAll
  static void theFirstRevisionIsDeployed() {
    Map<String, Behaviour> images =
        Map.of(
            CheckoutManifests.firstImage(REPOSITORY), Behaviour.GOOD,
            image(SECOND), Behaviour.GOOD,
            image(THIRD), Behaviour.GOOD);
    world = World.start(WorldSettings.checkout(folder, REPOSITORY, images));
    world.apply(CheckoutManifests.rendered(REPOSITORY, SPEED));
    await().atMost(PATIENCE).until(() -> last().phase().equals("Healthy"));
  }

  @AfterAll
  static void everythingEnds() {
    if (world != null) {
      world.close();
    }
  }

  @Test
  @Order(1)
  void killingEachServiceInTurnDelaysAnUpdateButLosesAndDoublesNothing() {
    push(SECOND);
    List<ServiceKind> victims =
        List.of(
            ServiceKind.ROUTER, ServiceKind.WORKER, ServiceKind.GATEWAY, ServiceKind.ORCHESTRATOR);
    List<Integer> steps = List.of(1, 2, 5, 6);
    for (int i = 0; i < victims.size(); i++) {
      int step = steps.get(i);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(last())
                  .as("the way to step %d", step)
                  .matches(at -> at.revision() == 2 && at.step() >= step));
      ServiceProcess victim = world.services().first(victims.get(i));
      victim.kill();
      victim.restart();
    }
    await()
        .atMost(PATIENCE)
        .until(() -> last().revision() == 2 && last().phase().equals("Healthy"));

    assertThat(EventChain.verify(log())).isEmpty();
    List<String> ticks =
        world.messages().all(MeasurementTaken.class).stream()
            .map(m -> m.run() + " " + m.metric() + " " + m.measurement().tick())
            .toList();
    assertThat(ticks).doesNotHaveDuplicates();
  }

  @Test
  @Order(2)
  void anUndoWithinTheWindowWaitsForThePodsThatCarryTheWeight() {
    String first = CheckoutManifests.firstImage(REPOSITORY);
    rollout()
        .patch(
            PatchContext.of(PatchType.JSON),
            "[{\"op\":\"replace\",\"path\":\"/spec/template/spec/containers/0/image\",\"value\":\""
                + first
                + "\"}]");
    List<String> overloaded = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          int weight = weight();
          long pods = availableOf(last().currentPodHash());
          boolean splits = !last().currentPodHash().equals(last().stablePodHash());
          if (splits && weight > pods * 20) {
            overloaded.add("weight " + weight + " on " + pods + " pods");
          }
          return last().revision() == 3 && last().phase().equals("Healthy");
        });
    assertThat(overloaded).isEmpty();
  }

  @Test
  @Order(3)
  void withoutKafkaNoWeightRisesAndAnAbortStillTakesTheServiceBack() {
    push(THIRD);
    await().atMost(PATIENCE).until(() -> last().revision() == 4 && last().step() == 1);
    String stable = last().stablePodHash();
    await().atMost(PATIENCE).until(() -> !selector("checkout-canary").equals(stable));
    world.neighbours().kafka().kill();

    rollout().subresource("status").patch(MERGE, "{\"status\":{\"abort\":true}}");
    await().atMost(PATIENCE).until(() -> selector("checkout-canary").equals(stable));
    assertThat(weight()).isLessThanOrEqualTo(5);

    world.neighbours().kafka().restart();
    await().atMost(PATIENCE).until(() -> last().aborted() && last().appliedWeight() == 0);
    assertThat(weight()).isZero();
  }

  @Test
  @Order(4)
  void withoutPostgresNothingChangesAndAfterItEverythingGoesOn() {
    ServiceProcess orchestrator = world.services().first(ServiceKind.ORCHESTRATOR);
    world.neighbours().postgres().kill();
    await().atMost(PATIENCE).until(() -> !orchestrator.isReady());

    rollout().subresource("status").patch(MERGE, "{\"status\":{\"abort\":false}}");
    long decided = log().size();
    assertThat(weight()).isZero();

    world.neighbours().postgres().restart();
    await().atMost(PATIENCE).until(orchestrator::isReady);
    await().atMost(PATIENCE).until(() -> last().revision() == 4 && last().step() >= 1);
    assertThat(log().size()).isGreaterThan((int) decided);
    assertThat(EventChain.verify(log())).isEmpty();
  }

  private static void push(String digest) {
    world.registry().push("ghcr.io", "acme/checkout-service", "release", digest);
  }

  private static String image(String digest) {
    return "ghcr.io/acme/checkout-service@" + digest;
  }

  private static RolloutSnapshot last() {
    List<RolloutSnapshot> heard = world.messages().all(RolloutSnapshot.class);
    return heard.isEmpty()
        ? new RolloutSnapshot(
            "", "", "", dev.sluice.events.Fence.NONE, 0, "", "", 0, 0, "", "", 0, -1, false, null)
        : heard.getLast();
  }

  // At least once: a repeated record is dropped, as every reader of the log does.
  private static List<RolloutEvent> log() {
    List<RolloutEvent> entries = new ArrayList<>();
    for (RolloutEvent event : world.messages().all(RolloutEvent.class)) {
      if (entries.isEmpty() || event.seq() > entries.getLast().seq()) {
        entries.add(event);
      }
    }
    return entries;
  }

  private static Resource<Rollout> rollout() {
    return world
        .neighbours()
        .client()
        .resources(Rollout.class)
        .inNamespace("production")
        .withName("checkout-service");
  }

  private static int weight() {
    return Integer.parseInt(
        world
            .neighbours()
            .client()
            .network()
            .v1()
            .ingresses()
            .inNamespace("production")
            .withName("checkout-service-checkout-ingress-canary")
            .get()
            .getMetadata()
            .getAnnotations()
            .get("nginx.ingress.kubernetes.io/canary-weight"));
  }

  private static String selector(String service) {
    return world
        .neighbours()
        .client()
        .services()
        .inNamespace("production")
        .withName(service)
        .get()
        .getSpec()
        .getSelector()
        .getOrDefault("rollouts-pod-template-hash", "");
  }

  private static long availableOf(String podHash) {
    JsonNode replicaSet =
        MAPPER.valueToTree(
            world
                .neighbours()
                .client()
                .apps()
                .replicaSets()
                .inNamespace("production")
                .withName("checkout-service-" + podHash)
                .get());
    return replicaSet.at("/status/availableReplicas").asLong();
  }
}
