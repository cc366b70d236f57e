package dev.sluice.traffic;

import static dev.sluice.traffic.world.Installation.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.devkit.process.ServiceProcess;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied.Outcome;
import dev.sluice.traffic.world.Installation;
import dev.sluice.traffic.world.Shop;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighboursDownIT {

  /** An attempt reads the stable Ingress and the canary one. */
  private static final int READS_OF_TWO_ATTEMPTS = 4;

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
  void whileTheApiServerIsAwayItIsTriedAgainAndToldSinceWhen() {
    shop.apply(1, 1, 10);
    installation.api.faults().refuse();
    try {
      shop.want(1, 2, 30);
      List<Outcome.Failed> told =
          until(
              "told and told again",
              () -> shop.outcomes(Outcome.Failed.class, 1, 2),
              failed -> failed.size() > 1);
      assertThat(told).extracting(Outcome.Failed::since).containsOnly(told.getFirst().since());
      assertThat(told.getFirst().message()).startsWith("the API server did not answer");
    } finally {
      installation.api.faults().accept();
    }

    assertThat(shop.awaitApplied(1, 2).weight()).isEqualTo(30);
    shop.changeWeight(77);
    shop.awaitWeight(30);
  }

  @Test
  void withoutALogOnlyARouteThatCarriesOurFenceIsWritten() {
    shop.apply(1, 1, 20);
    installation.kafka.pause();
    try {
      shop.changeWeight(50);
      shop.awaitWeight(20);

      long read = reads();
      long written = writes();
      shop.loseFence(60);
      until("two attempts that ended", this::reads, now -> now > read + READS_OF_TWO_ATTEMPTS);
      Ingress canary = shop.canary();
      assertThat(Shop.weight(canary)).isEqualTo(60);
      assertThat(Shop.fence(canary)).isNull();
      assertThat(writes()).isEqualTo(written);
    } finally {
      installation.kafka.resume();
    }

    shop.awaitWeight(20);
    assertThat(Shop.fence(shop.canary())).isEqualTo("1.1");
    assertThat(shop.await(Outcome.Failed.class, 1, 1).message())
        .contains("traffic.desired cannot be read to its end");
  }

  @Test
  void aBrokerThatComesBackIsReadOnAndToldWhatHappenedMeanwhile() {
    shop.apply(1, 1, 20);
    installation.kafka.kill();
    shop.changeWeight(50);
    shop.awaitWeight(20);
    installation.kafka.restart();

    assertThat(shop.apply(1, 2, 40).previousWeight()).isEqualTo(20);
    assertThat(shop.outcomes(Outcome.Applied.class, 1, 1))
        .extracting(Outcome.Applied::previousWeight)
        .contains(-1, 50);
  }

  @Test
  void aDeadLetterThatCannotBeSentHoldsUpNoReportAndIsNotLostWithTheRouter() {
    String letters = Topics.deadLetter(Topics.TRAFFIC_DESIRED);
    shop.apply(1, 1, 20);
    installation.deleteTopic(letters);
    installation.log.send(
        new ProducerRecord<>(Topics.TRAFFIC_DESIRED, shop.uid, "nonsense".getBytes(UTF_8)));

    shop.apply(1, 2, 30);
    shop.apply(1, 3, 40);
    router.kill();
    installation.createTopics();
    router.restart();

    until(
        "the dead letter",
        () -> installation.log.records(letters, shop.uid),
        found -> !found.isEmpty());
  }

  private long reads() {
    return installation.calls("router", call -> call.verb().equals("get"));
  }

  private long writes() {
    return installation.calls("router", call -> call.isWrite());
  }
}
