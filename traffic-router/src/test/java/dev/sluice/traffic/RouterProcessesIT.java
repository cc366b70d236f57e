package dev.sluice.traffic;

import static dev.sluice.traffic.world.Installation.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.devkit.faults.Fault;
import dev.sluice.devkit.faults.FaultProxy;
import dev.sluice.devkit.process.ServiceProcess;
import dev.sluice.events.Fence;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied.Outcome;
import dev.sluice.traffic.world.Installation;
import dev.sluice.traffic.world.Shop;
import dev.sluice.traffic.world.Shop.Seen;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routers that fall asleep, wake up too late, or are killed. */
class RouterProcessesIT {

  @TempDir static Path folder;
  private static Installation installation;

  @BeforeAll
  static void start() {
    installation = new Installation(folder);
  }

  @AfterAll
  static void end() {
    installation.close();
  }

  @Test
  void aRouterThatSleptInTheMiddleOfAnAttemptDoesNotWriteOverANewerDecision() {
    FaultProxy api = new FaultProxy(installation.api.port());
    try (api;
        ServiceProcess sleeper = installation.router("sleeper", api.port());
        Shop shop = installation.shop()) {
      shop.apply(1, 1, 20);
      api.set(Fault.HALF);
      awaitWrite("sleeper", () -> shop.want(1, 2, 40));
      sleeper.pause();

      anotherRouterWrites(shop, 0, new Fence(2, 3));
      api.set(Fault.PASS);
      sleeper.resume();

      assertThat(shop.await(Outcome.Superseded.class, 1, 2).found()).isEqualTo(new Fence(2, 3));
      assertThat(shop.history())
          .containsExactly(new Seen("20", "1.1"), new Seen("40", "1.2"), new Seen("0", "2.3"));
    }
  }

  @Test
  void whatTheWatchHasNotShownYetIsNotWrittenOver() {
    FaultProxy api = new FaultProxy(installation.api.port());
    try (api;
        ServiceProcess _ = installation.router("blind", api.port());
        Shop shop = installation.shop()) {
      shop.apply(1, 1, 20);
      api.set(Fault.HALF);
      anotherRouterWrites(shop, 0, new Fence(2, 3));
      awaitWrite("blind", () -> shop.want(1, 2, 40));

      api.set(Fault.PASS);

      assertThat(shop.await(Outcome.Superseded.class, 1, 2).found()).isEqualTo(new Fence(2, 3));
      assertThat(shop.history()).containsExactly(new Seen("20", "1.1"), new Seen("0", "2.3"));
    }
  }

  @Test
  void aRouterThatSleptWhileAnotherTookOverPutsNothingOldBack() {
    try (ServiceProcess zombie = installation.router("zombie");
        Shop shop = installation.shop()) {
      shop.apply(1, 1, 20);
      zombie.pause();
      try (ServiceProcess _ = installation.router("heir")) {
        shop.apply(2, 2, 0);

        zombie.resume();
        until("the zombie is one of two again", installation::shares, List.of(2, 2)::equals);
        shop.changeWeight(50);
        shop.awaitWeight(0);
        shop.want(1, 1, 20);

        assertThat(shop.await(Outcome.Superseded.class, 1, 1).found()).isEqualTo(new Fence(2, 2));
        assertThat(shop.history())
            .containsExactly(
                new Seen("20", "1.1"),
                new Seen("0", "2.2"),
                new Seen("50", "2.2"),
                new Seen("0", "2.2"));
      }
    }
  }

  @Test
  void aRouteThatLostItsFenceWaitsUntilTheLogIsReadToItsEnd() {
    try (ServiceProcess sleeper = installation.router("sleeper-again");
        Shop shop = installation.shop()) {
      int partition = shop.want(1, 1, 20).partition();
      shop.awaitApplied(1, 1);
      sleeper.pause();

      shop.loseFence(50);
      installation.log.forgetMany(partition, 50_000);
      shop.want(2, 2, 0);
      sleeper.resume();

      shop.awaitApplied(2, 2);
      assertThat(shop.history())
          .containsExactly(new Seen("20", "1.1"), new Seen("50", null), new Seen("0", "2.2"));
    }
  }

  @Test
  void aKilledRoutersSuccessorTakesTheHighestFenceOfTheLogAndNotTheLastRecord() {
    try (Shop shop = installation.shop()) {
      try (ServiceProcess first = installation.router("first")) {
        shop.apply(1, 1, 20);
        first.kill();
      }
      shop.want(1, 2, 30);
      shop.want(1, 1, 20);
      shop.loseFence(50);

      try (ServiceProcess _ = installation.router("successor")) {
        assertThat(shop.awaitApplied(1, 2).weight()).isEqualTo(30);
        assertThat(shop.history())
            .containsExactly(new Seen("20", "1.1"), new Seen("50", null), new Seen("30", "1.2"));
      }
    }
  }

  @Test
  void aKilledRoutersPartnerTakesOverAndNothingIsWrittenTwice() {
    List<Shop> shops = Stream.generate(installation::shop).limit(8).toList();
    try (ServiceProcess one = installation.router("one");
        ServiceProcess _ = installation.router("other")) {
      until("both have work", installation::shares, List.of(2, 2)::equals);
      shops.forEach(shop -> shop.want(1, 1, 20));
      shops.forEach(shop -> shop.awaitApplied(1, 1));

      one.kill();
      shops.forEach(shop -> shop.want(1, 2, 40));

      shops.forEach(shop -> shop.awaitApplied(1, 2));
      assertThat(shops)
          .allSatisfy(shop ->
              assertThat(shop.history())
                  .containsExactly(new Seen("20", "1.1"), new Seen("40", "1.2")));
    }
    shops.forEach(Shop::close);
  }

  @Test
  void whatWasPutAsideOnceIsNotPutAsideAgainByTheNextReader() {
    try (ServiceProcess router = installation.router("reader");
        Shop shop = installation.shop()) {
      shop.apply(1, 1, 20);
      RecordMetadata sent =
          installation.log.send(
              new ProducerRecord<>(Topics.TRAFFIC_DESIRED, shop.uid, "nonsense".getBytes(UTF_8)));
      until(
          "handled",
          () -> installation.handled(new TopicPartition(Topics.TRAFFIC_DESIRED, sent.partition())),
          offset -> offset > sent.offset());

      router.restart();
      shop.apply(1, 2, 30);

      assertThat(installation.log.records(Topics.deadLetter(Topics.TRAFFIC_DESIRED), shop.uid))
          .hasSize(1);
    }
  }

  private static void anotherRouterWrites(Shop shop, int weight, Fence fence) {
    shop.annotateCanary(
        "\"%s\":\"%d\",\"%s\":\"%s\"".formatted(Shop.WEIGHT, weight, CanaryIngress.FENCE, fence));
  }

  // Its answer may still be on the way.
  private static void awaitWrite(String router, Runnable cause) {
    long written = writes(router);
    cause.run();
    until("a write of " + router, () -> writes(router), now -> now > written);
  }

  private static long writes(String router) {
    return installation.calls(router, call -> call.isWrite());
  }
}
