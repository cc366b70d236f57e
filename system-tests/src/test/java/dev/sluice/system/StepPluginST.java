package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.crd.Rollout;
import dev.sluice.devkit.demo.CheckoutManifests;
import dev.sluice.devkit.workload.Behaviour;
import dev.sluice.devkit.world.ServiceKind;
import dev.sluice.devkit.world.World;
import dev.sluice.devkit.world.WorldSettings;
import dev.sluice.events.Fence;
import dev.sluice.events.RolloutSnapshot;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Rollout with a step plugin, and that plugin: a small HTTP server as anybody would write one.
 * Each test goes on where the last one ended.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StepPluginST {

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String SECOND = "sha256:" + "2".repeat(64);
  private static final String THIRD = "sha256:" + "3".repeat(64);

  @TempDir static Path folder;
  private static final List<JsonNode> CALLS = new CopyOnWriteArrayList<>();
  private static volatile String phase = "Running";
  private static HttpServer plugin;
  private static World world;

  @BeforeAll
  static void theFirstRevisionIsDeployed() throws IOException {
    plugin = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    plugin.createContext("/", StepPluginST::answer);
    plugin.start();
    Map<String, Behaviour> images =
        Map.of(
            CheckoutManifests.firstImage(REPOSITORY), Behaviour.GOOD,
            image(SECOND), Behaviour.GOOD,
            image(THIRD), Behaviour.GOOD);
    world =
        World.start(
            WorldSettings.checkout(folder, REPOSITORY, images)
                .withPlugins(
                    List.of(
                        "http://smoke.testing:8080=http://127.0.0.1:"
                            + plugin.getAddress().getPort())));
    world.apply(withPlugin(CheckoutManifests.rendered(REPOSITORY, 1)));
    await().atMost(PATIENCE).until(() -> last().phase().equals("Healthy"));
  }

  @AfterAll
  static void everythingEnds() {
    if (world != null) {
      world.close();
    }
    plugin.stop(0);
  }

  @Test
  @Order(1)
  void anUpdateWaitsForItsPluginAlsoWhileTheGatewayIsDown() {
    push(SECOND);
    await().atMost(PATIENCE).until(() -> pluginStatus().at("/status/calls").asInt() > 0);
    assertThat(pluginStatus().path("phase").asText()).isEqualTo("Running");
    assertThat(CALLS.getFirst().at("/config/suite").asText()).isEqualTo("checkout");
    assertThat(last().step()).isEqualTo(1);

    phase = "Successful";
    world.services().first(ServiceKind.GATEWAY).kill();
    world.services().first(ServiceKind.GATEWAY).restart();
    await()
        .atMost(PATIENCE)
        .until(() -> last().revision() == 2 && last().phase().equals("Healthy"));
    assertThat(CALLS).extracting(call -> call.get("operation").asText()).containsOnly("Run");
    assertThat(CALLS.getLast().at("/status/calls").asInt())
        .as("what it answered before comes with the next call")
        .isPositive();
    assertThat(last().currentPodHash()).isEqualTo(last().stablePodHash());
  }

  @Test
  @Order(2)
  void aPluginThatFailsTakesTheUpdateBack() {
    phase = "Failed";
    push(THIRD);
    await().atMost(PATIENCE).until(() -> last().aborted() && last().appliedWeight() == 0);
    assertThat(last().message()).contains("Step Plugin 2 (smoke-test) failed: as the test wants");
    await().atMost(PATIENCE).until(() -> pluginStatus().path("phase").asText().equals("Failed"));
    assertThat(last().stablePodHash()).isNotEqualTo(last().currentPodHash());
  }

  private static void answer(HttpExchange exchange) throws IOException {
    CALLS.add(MAPPER.readTree(exchange.getRequestBody()));
    byte[] body =
        """
        {"phase": "%s", "message": "as the test wants", "requeueAfterSeconds": 11,
         "status": {"calls": %d}}
        """
            .formatted(phase, CALLS.size())
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static List<ObjectNode> withPlugin(List<ObjectNode> objects) throws IOException {
    JsonNode steps =
        new YAMLMapper()
            .readTree(
                """
                - setWeight: 20
                - plugin:
                    name: smoke-test
                    config: {url: "http://smoke.testing:8080/step", suite: checkout}
                - setWeight: 60
                """);
    for (ObjectNode object : objects) {
      if (object.path("kind").asText().equals("Rollout")) {
        ((ObjectNode) object.at("/spec/strategy/canary")).set("steps", steps);
      }
    }
    return objects;
  }

  private static JsonNode pluginStatus() {
    Rollout rollout =
        world
            .neighbours()
            .client()
            .resources(Rollout.class)
            .inNamespace("production")
            .withName("checkout-service")
            .get();
    return rollout.getStatus().json().at("/canary/stepPluginStatuses").path(0);
  }

  private static void push(String digest) {
    world.registry().push("ghcr.io", "acme/checkout-service", "release", digest);
  }

  private static RolloutSnapshot last() {
    List<RolloutSnapshot> heard = world.messages().all(RolloutSnapshot.class);
    return heard.isEmpty()
        ? new RolloutSnapshot("", "", "", Fence.NONE, 0, "", "", 0, 0, "", "", 0, -1, false, null)
        : heard.getLast();
  }

  private static String image(String digest) {
    return "ghcr.io/acme/checkout-service@" + digest;
  }
}
