package dev.sluice.traffic;

import static dev.sluice.traffic.world.Installation.until;
import static dev.sluice.traffic.world.Shop.CANARY;
import static dev.sluice.traffic.world.Shop.WEIGHT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.process.ServiceProcess;
import dev.sluice.events.Fence;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied.Outcome;
import dev.sluice.events.TrafficApplied.RouteObject;
import dev.sluice.traffic.world.Installation;
import dev.sluice.traffic.world.Shop;
import dev.sluice.traffic.world.Shop.Seen;
import dev.sluice.traffic.world.Topic;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteIT {

  private static final int TOLERATED_FIGHTS = 4;

  @TempDir static Path folder;
  private static Installation installation;
  private static ServiceProcess router;
  private Shop shop;

  @BeforeAll
  static void start() {
    installation = new Installation(folder);
    router = installation.router("router");
  }

  @AfterAll
  static void end() {
    router.close();
    installation.close();
  }

  @BeforeEach
  void open() {
    shop = installation.shop();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void theFirstSplitMakesACanaryIngressLikeTheStableOne() {
    Outcome.Applied applied = shop.apply(1, 1, 0);

    Ingress canary = shop.canary();
    assertThat(applied)
        .isEqualTo(
            new Outcome.Applied(
                0,
                -1,
                List.of(
                    new RouteObject(
                        "Ingress",
                        CANARY,
                        canary.getMetadata().getResourceVersion(),
                        0,
                        true,
                        false))));
    assertThat(canary.getMetadata().getAnnotations())
        .isEqualTo(
            Map.of(
                "kubernetes.io/ingress.class",
                "nginx",
                "nginx.ingress.kubernetes.io/canary",
                "true",
                WEIGHT,
                "0",
                "sluice.dev/fence",
                "1.1",
                "sluice.dev/fence-owner",
                shop.uid));
    assertThat(canary.getMetadata().getLabels()).isNullOrEmpty();
    assertThat(canary.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> {
          assertThat(owner.getKind()).isEqualTo("Rollout");
          assertThat(owner.getUid()).isEqualTo(shop.uid);
          assertThat(owner.getController()).isTrue();
        });
    Ingress stable = shop.ingress("checkout").get();
    assertThat(canary.getSpec().getDefaultBackend()).isNull();
    assertThat(canary.getSpec().getTls()).isEqualTo(stable.getSpec().getTls());
    assertThat(canary.getSpec().getRules())
        .singleElement()
        .satisfies(rule -> {
          assertThat(rule.getHost()).isEqualTo("shop.example");
          assertThat(rule.getHttp().getPaths())
              .extracting(path -> path.getBackend().getService().getName())
              .containsExactly("checkout-canary", "help");
        });
  }

  @Test
  void aRaiseIsWrittenWithItsFenceReadBackAndReportedInItsTrace() {
    shop.apply(1, 1, 5);

    Outcome.Applied applied = shop.apply(1, 2, 20);

    Ingress canary = shop.canary();
    assertThat(Shop.weight(canary)).isEqualTo(20);
    assertThat(Shop.fence(canary)).isEqualTo("1.2");
    assertThat(applied)
        .isEqualTo(
            new Outcome.Applied(
                20,
                5,
                List.of(
                    new RouteObject(
                        "Ingress",
                        CANARY,
                        canary.getMetadata().getResourceVersion(),
                        20,
                        false,
                        true))));
    assertThat(shop.history()).containsExactly(new Seen("5", "1.1"), new Seen("20", "1.2"));
    ConsumerRecord<String, byte[]> report =
        installation.log.records(Topics.TRAFFIC_APPLIED, shop.uid).getLast();
    assertThat(header(report, "traceparent")).isEqualTo(Topic.TRACE);
  }

  @Test
  void onlyWeightAndFenceChangeAndEverythingElseStays() {
    shop.apply(1, 1, 5);
    shop.patchCanary(
        """
        {"metadata": {"labels": {"team": "payments"},
                      "annotations": {"example.com/note": "keep me",
                                      "nginx.ingress.kubernetes.io/limit-rps": "5"},
                      "finalizers": ["example.com/slowly"]},
         "spec": {"defaultBackend": {"service": {"name": "sorry", "port": {"number": 80}}}}}
        """);
    JsonNode canaryBefore = withoutOurs(shop.canary());
    JsonNode stableBefore = json(shop.ingress("checkout").get());

    shop.apply(1, 2, 20);
    shop.apply(2, 3, 0);

    assertThat(withoutOurs(shop.canary())).isEqualTo(canaryBefore);
    assertThat(json(shop.ingress("checkout").get())).isEqualTo(stableBefore);
    shop.patchCanary("{\"metadata\": {\"finalizers\": null}}");
  }

  @Test
  void anOlderSplitThatComesLateIsSupersededAndNeverWritten() {
    shop.apply(1, 4, 40);
    shop.apply(2, 5, 0);

    shop.want(1, 3, 60);

    assertThat(shop.await(Outcome.Superseded.class, 1, 3).found()).isEqualTo(new Fence(2, 5));
    assertThat(shop.history()).containsExactly(new Seen("40", "1.4"), new Seen("0", "2.5"));
  }

  @Test
  void aHigherFenceOnTheRouteStandsUntilAHigherOneIsWanted() {
    shop.apply(1, 1, 5);
    shop.annotateCanary("\"%s\":\"0\",\"sluice.dev/fence\":\"9.1\"".formatted(WEIGHT));

    shop.want(1, 2, 50);
    assertThat(shop.await(Outcome.Superseded.class, 1, 2).found()).isEqualTo(new Fence(9, 1));
    shop.apply(10, 3, 30);

    assertThat(shop.history())
        .containsExactly(new Seen("5", "1.1"), new Seen("0", "9.1"), new Seen("30", "10.3"));
  }

  @Test
  void aForeignWeightIsPutBackAndAFightIsReported() {
    shop.apply(1, 1, 20);

    for (int fight = 0; fight < TOLERATED_FIGHTS; fight++) {
      int told = shop.outcomes(Outcome.Applied.class, 1, 1).size();
      shop.changeWeight(50 + fight);
      until(
          "put back and told",
          () -> shop.outcomes(Outcome.Applied.class, 1, 1),
          applied -> applied.size() > told);
      assertThat(Shop.weight(shop.canary())).isEqualTo(20);
    }
    assertThat(shop.outcomes(Outcome.Failed.class, 1, 1)).isEmpty();
    shop.changeWeight(90);

    assertThat(shop.await(Outcome.Failed.class, 1, 1).message()).startsWith("contended: ");
    assertThat(Shop.weight(shop.canary())).isEqualTo(20);
    assertThat(Shop.fence(shop.canary())).isEqualTo("1.1");
  }

  @Test
  void aWriteOnAVersionThatIsNoMoreIsReadAndWrittenAgain() {
    shop.apply(1, 1, 0);
    int[] counted = {1, 0};

    until(
        "a write that was refused",
        () -> {
          shop.want(1, ++counted[0], counted[0] % 100);
          for (int i = 0; i < 30; i++) {
            shop.annotateCanary("\"example.com/visitor\":\"%d\"".formatted(++counted[1]));
          }
          return installation.calls(
              "router", call -> call.verb().equals("patch") && call.code() == 409);
        },
        refused -> refused > 0);
    shop.apply(2, ++counted[0], 33);

    Ingress canary = shop.canary();
    assertThat(Shop.weight(canary)).isEqualTo(33);
    assertThat(canary.getMetadata().getAnnotations())
        .containsEntry("example.com/visitor", Integer.toString(counted[1]));
  }

  @Test
  void anIngressOfSomebodyElseIsLeftAloneUntilItIsAway() {
    Ingress before =
        create(
            new IngressBuilder()
                .withNewMetadata()
                .withName(CANARY)
                .endMetadata()
                .withSpec(shop.ingress("checkout").get().getSpec())
                .build());

    shop.want(1, 1, 20);

    assertThat(shop.await(Outcome.Failed.class, 1, 1).message())
        .contains("is controlled by nobody");
    assertThat(json(shop.canary())).isEqualTo(json(before));
    shop.canaryResource().delete();
    shop.awaitApplied(1, 1);
  }

  @Test
  void aMissingStableIngressIsReportedAndHealsWhenItAppears() {
    Ingress stable = shop.ingress("checkout").get();
    shop.ingress("checkout").delete();

    shop.want(1, 1, 20);
    assertThat(shop.await(Outcome.Failed.class, 1, 1).message())
        .isEqualTo("ingress.networking.k8s.io \"checkout\" not found");
    stable.getMetadata().setResourceVersion(null);
    stable.getMetadata().setUid(null);
    create(stable);

    shop.awaitApplied(1, 1);
    assertThat(Shop.weight(shop.canary())).isEqualTo(20);
  }

  @Test
  void aCanaryIngressThatWasDeletedIsMadeAgainAndFollowsItsStableOne() {
    shop.apply(1, 1, 20);
    String first = shop.canary().getMetadata().getUid();

    shop.canaryResource().delete();
    shop.awaitCanary("another one", canary -> !canary.getMetadata().getUid().equals(first));
    shop.awaitWeight(20);
    shop.ingress("checkout")
        .edit(stable -> {
          stable.getSpec().getRules().getFirst().setHost("shop.test");
          return stable;
        });

    shop.awaitCanary(
        "the new host",
        canary -> canary.getSpec().getRules().getFirst().getHost().equals("shop.test"));
    assertThat(Shop.fence(shop.canary())).isEqualTo("1.1");
  }

  @Test
  void aMessageThatCannotBeReadIsPutAsideAndTheRestGoesOn() {
    int partition = shop.want(1, 1, 5).partition();
    installation.log.send(
        new ProducerRecord<>(
            Topics.TRAFFIC_DESIRED, partition, shop.uid, "{\"weight\":".getBytes(UTF_8)));
    shop.want(1, 2, 20);

    shop.awaitApplied(1, 2);
    ConsumerRecord<String, byte[]> letter =
        until(
                "a dead letter",
                () -> installation.log.records(Topics.deadLetter(Topics.TRAFFIC_DESIRED), shop.uid),
                letters -> !letters.isEmpty())
            .getFirst();
    assertThat(new String(letter.value(), UTF_8)).isEqualTo("{\"weight\":");
    assertThat(header(letter, "dead-letter-reason")).contains("no header ce_type");
    assertThat(header(letter, "dead-letter-topic")).isEqualTo(Topics.TRAFFIC_DESIRED);
  }

  private Ingress create(Ingress ingress) {
    return installation.hands.resource(ingress).inNamespace(shop.namespace()).create();
  }

  private static JsonNode json(Ingress ingress) {
    return installation.hands.getKubernetesSerialization().convertValue(ingress, JsonNode.class);
  }

  private static JsonNode withoutOurs(Ingress canary) {
    JsonNode json = json(canary);
    ObjectNode metadata = (ObjectNode) json.path("metadata");
    metadata.remove(List.of("resourceVersion", "managedFields"));
    ((ObjectNode) metadata.path("annotations")).remove(List.of(WEIGHT, CanaryIngress.FENCE));
    return json;
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
