package dev.sluice.devkit.edge;

import static dev.sluice.devkit.edge.Objects.canaryIngress;
import static dev.sluice.devkit.edge.Objects.ingress;
import static dev.sluice.devkit.edge.Objects.pod;
import static dev.sluice.devkit.edge.Objects.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {

  private static final String HOST = "checkout.acme.example";
  private static final Ingress STABLE = ingress("checkout-ingress", "checkout-stable");
  private static final Ingress CANARY = canaryIngress("canary", "checkout-canary", 20);
  private static final List<Service> SERVICES =
      List.of(service("checkout-stable", "old"), service("checkout-canary", "new"));
  private static final Pod OLD = pod("old-1", "old", 1);
  private static final Pod NEW = pod("new-1", "new", 2);

  @Test
  void aCanaryIngressSplitsTheRouteOfTheMainOne() {
    var route = only(RouteTable.of(List.of(STABLE, CANARY), SERVICES, List.of(OLD, NEW)));

    assertThat(route.stable()).containsExactly(new Backend("old-1", "old", 1));
    assertThat(route.canary()).containsExactly(new Backend("new-1", "new", 2));
    assertThat(route.rule().weight()).isEqualTo(20);
  }

  @Test
  void aCanaryIngressOfAnotherPathIsDropped() {
    var elsewhere = CANARY.edit().editSpec().editRule(0).editHttp().editPath(0);
    var canary = elsewhere.withPath("/pay").endPath().endHttp().endRule().endSpec().build();

    assertThat(only(RouteTable.of(List.of(STABLE, canary), SERVICES, List.of(OLD, NEW))).rule())
        .isNull();
  }

  @Test
  void onlyTheOldestCanaryIngressCounts() {
    var older = canaryIngress("z-canary", "checkout-canary", 5);
    older.getMetadata().setCreationTimestamp("2026-11-23T09:00:00Z");

    var table = RouteTable.of(List.of(STABLE, CANARY, older), SERVICES, List.of(OLD, NEW));

    assertThat(only(table).rule().weight()).isEqualTo(5);
  }

  @Test
  void podsThatAreNotReadyOrGoingOrNotListeningAnswerNothing() {
    var notReady = pod("not-ready", "old", 3);
    notReady.getStatus().getConditions().getFirst().setStatus("False");
    var going = pod("going", "old", 4);
    going.getMetadata().setDeletionTimestamp("2026-11-23T10:00:00Z");
    var silent = pod("silent", "old", 5);
    silent.getMetadata().setAnnotations(null);
    var starting = pod("starting", "old", 6);
    starting.setStatus(null);

    var table =
        RouteTable.of(List.of(STABLE), SERVICES, List.of(OLD, notReady, going, silent, starting));

    assertThat(only(table).stable()).extracting(Backend::pod).containsExactly("old-1");
  }

  @Test
  void withoutCanaryPodsTheStableOnesAnswerEverything() {
    var route = only(RouteTable.of(List.of(STABLE, CANARY), SERVICES, List.of(OLD)));

    assertThat(route.pick(luckiest()).orElseThrow()).isEqualTo(route.stable());
    assertThat(Split.of(Instant.EPOCH, route).expectedShare("old")).isEqualTo(1);
  }

  @Test
  void withoutStablePodsNobodyAnswersEvenWithHealthyCanaryPods() {
    var route = only(RouteTable.of(List.of(STABLE, CANARY), SERVICES, List.of(NEW)));

    assertThat(route.pick(luckiest())).isEmpty();
  }

  @Test
  void theSplitSaysWhichShareEachRevisionGets() {
    var route = only(RouteTable.of(List.of(STABLE, CANARY), SERVICES, List.of(OLD, NEW)));

    var split = Split.of(Instant.EPOCH, route);

    assertThat(split.expectedShare("new")).isEqualTo(0.2);
    assertThat(split.expectedShare("old")).isEqualTo(0.8);
    assertThat(split.expectedShare("other")).isZero();
  }

  @Test
  void aRequestTakesTheLongestPathOfItsHost() {
    var pay = ingress("pay", "checkout-canary").edit().editSpec().editRule(0).editHttp();
    var longer = pay.editPath(0).withPath("/pay").endPath().endHttp().endRule().endSpec().build();
    var table = RouteTable.of(List.of(STABLE, longer), SERVICES, List.of(OLD, NEW));

    assertThat(table.find(HOST, "/pay/1").orElseThrow().path()).isEqualTo("/pay");
    assertThat(table.find(HOST, "/payment").orElseThrow().path()).isEqualTo("/");
    assertThat(table.find("elsewhere.example", "/")).isEmpty();
  }

  private static Route only(RouteTable table) {
    assertThat(table.routes()).hasSize(1);
    return table.routes().getFirst();
  }

  /** A request whose random number goes to the canary at any weight above 0. */
  private static Route.RequestFacts luckiest() {
    return new Route.RequestFacts() {
      @Override
      public String header(String name) {
        return null;
      }

      @Override
      public String cookie(String name) {
        return null;
      }

      @Override
      public int random(int bound) {
        return 1;
      }
    };
  }
}
