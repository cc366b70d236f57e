package dev.sluice.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficDesired;
import dev.sluice.traffic.IngressView.Controller;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteDecisionTest {

  private static final TrafficDesired WANTED = Splits.split(2, 14, 20);
  private static final Controller OURS = new Controller("Rollout", "checkout-service", Splits.UID);

  @Test
  void anOlderFenceOnTheRouteIsWrittenOver() {
    assertThat(decide(view(new Fence(2, 13), 5))).isEqualTo(new RouteDecision.Write(false));
    assertThat(decide(view(new Fence(1, 99), 50))).isEqualTo(new RouteDecision.Write(false));
  }

  @Test
  void theFenceRisesAlsoWhereTheWeightIsTheSame() {
    assertThat(decide(view(new Fence(2, 13), 20))).isEqualTo(new RouteDecision.Write(false));
  }

  @Test
  void aHigherFenceOnTheRouteDropsTheCommand() {
    assertThat(decide(view(new Fence(2, 15), 50)))
        .isEqualTo(new RouteDecision.Superseded(new Fence(2, 15)));
    assertThat(decide(view(new Fence(3, 1), 20)))
        .isEqualTo(new RouteDecision.Superseded(new Fence(3, 1)));
  }

  @Test
  void whatIsThereAlreadyIsNotWrittenAgain() {
    assertThat(decide(view(new Fence(2, 14), 20))).isEqualTo(new RouteDecision.AlreadyApplied());
  }

  @Test
  void aForeignChangeUnderOurFenceIsPutBack() {
    assertThat(decide(view(new Fence(2, 14), 21))).isEqualTo(new RouteDecision.Write(true));
    RouteView otherwiseChanged =
        new RouteView(
            "canary ingress `c`",
            Optional.of(OURS),
            Optional.of(Splits.UID),
            Optional.of(new Fence(2, 14)),
            20,
            false);
    assertThat(decide(otherwiseChanged)).isEqualTo(new RouteDecision.Write(true));
  }

  @Test
  void withoutAnObjectOrWithoutAFenceTheLogIsReadToItsEndFirst() {
    RouteView unfenced =
        new RouteView(
            "canary ingress `c`", Optional.of(OURS), Optional.empty(), Optional.empty(), 20, true);
    assertThat(RouteDecision.decide(WANTED, Optional.empty(), false))
        .isEqualTo(new RouteDecision.WaitForEnd());
    assertThat(RouteDecision.decide(WANTED, Optional.empty(), true))
        .isEqualTo(new RouteDecision.Create());
    assertThat(decide(unfenced)).isEqualTo(new RouteDecision.WaitForEnd());
    assertThat(RouteDecision.decide(WANTED, Optional.of(unfenced), true))
        .isEqualTo(new RouteDecision.Write(true));
  }

  @Test
  void aFenceOfAnotherRolloutIsNone() {
    RouteView other =
        new RouteView(
            "canary ingress `c`",
            Optional.of(OURS),
            Optional.of("an older uid"),
            Optional.of(new Fence(9, 9)),
            20,
            true);
    assertThat(decide(other)).isEqualTo(new RouteDecision.WaitForEnd());
  }

  @Test
  void anObjectThatAnotherControlsIsLeftAlone() {
    RouteView nobodys =
        new RouteView(
            "canary ingress `c`", Optional.empty(), Optional.empty(), Optional.empty(), 0, true);
    RouteView others =
        new RouteView(
            "canary ingress `c`",
            Optional.of(new Controller("Rollout", "checkout-service", "an older uid")),
            Optional.of(Splits.UID),
            Optional.of(new Fence(1, 1)),
            0,
            true);
    assertThat(RouteDecision.decide(WANTED, Optional.of(nobodys), true))
        .isEqualTo(
            new RouteDecision.NotOurs(
                "canary ingress `c` is controlled by nobody, not by Rollout checkout-service (%s):"
                        .formatted(Splits.UID)
                    + " delete or rename it"));
    assertThat(RouteDecision.decide(WANTED, Optional.of(others), true))
        .isInstanceOf(RouteDecision.NotOurs.class);
  }

  private static RouteDecision decide(RouteView view) {
    return RouteDecision.decide(WANTED, Optional.of(view), false);
  }

  private static RouteView view(Fence fence, int weight) {
    return new RouteView(
        "canary ingress `c`",
        Optional.of(OURS),
        Optional.of(Splits.UID),
        Optional.of(fence),
        weight,
        true);
  }
}
