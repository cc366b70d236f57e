package dev.sluice.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficDesired;
import dev.sluice.traffic.IngressView.Controller;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Any number of routers with any commands, in any order, repeated, asleep between reading and
 * writing: the route ends with the weight of the highest fence, and its fence never falls.
 */
class FencePropertyTest {

  private static final Controller OURS = new Controller("Rollout", "checkout-service", Splits.UID);

  /** What one of the routers does next. */
  private record Move(int router, int command, boolean writes) {}

  /** A route object in a store that refuses a write on another version than the newest. */
  private static final class Store {
    private Optional<RouteView> route = Optional.empty();
    private int version;

    boolean write(int seenVersion, TrafficDesired split) {
      if (seenVersion != version) {
        return false;
      }
      version++;
      route =
          Optional.of(
              new RouteView(
                  "canary ingress `c`",
                  Optional.of(OURS),
                  Optional.of(split.uid()),
                  Optional.of(split.fence()),
                  split.weight(),
                  true));
      return true;
    }

    void loseFence() {
      version++;
      route =
          route.map(r ->
              new RouteView(
                  r.object(),
                  r.controller(),
                  Optional.empty(),
                  Optional.empty(),
                  r.weight(),
                  true));
    }
  }

  private record Seen(TrafficDesired split, Optional<RouteView> route, int version) {}

  @Provide
  Arbitrary<List<Move>> moves() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 5),
            Arbitraries.of(true, false))
        .as(Move::new)
        .list()
        .ofMaxSize(80);
  }

  @Provide
  Arbitrary<List<TrafficDesired>> commands() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 3),
            Arbitraries.longs().between(1, 20),
            Arbitraries.integers().between(0, 100))
        .as(Splits::split)
        .list()
        .ofSize(6)
        .uniqueElements(TrafficDesired::fence);
  }

  @Property(tries = 1000)
  void theHighestFenceHolds(
      @ForAll("commands") List<TrafficDesired> commands, @ForAll("moves") List<Move> moves) {
    Store store = new Store();
    Map<Integer, Seen> asleep = new HashMap<>();
    Fence highestWritten = Fence.NONE;
    for (Move move : moves) {
      if (!move.writes()) {
        asleep.put(
            move.router(), new Seen(commands.get(move.command()), store.route, store.version));
      } else if (asleep.containsKey(move.router())) {
        act(store, asleep.remove(move.router()), true);
      }
      Fence now = store.route.flatMap(RouteView::fence).orElse(Fence.NONE);
      assertThat(now).isGreaterThanOrEqualTo(highestWritten);
      highestWritten = now;
    }
    List<TrafficDesired> repeated = new ArrayList<>(commands);
    repeated.addAll(commands.reversed());
    for (TrafficDesired split : repeated) {
      act(store, new Seen(split, store.route, store.version), true);
    }
    TrafficDesired highest =
        commands.stream().max(Comparator.comparing(TrafficDesired::fence)).orElseThrow();
    assertThat(store.route.orElseThrow().fence()).contains(highest.fence());
    assertThat(store.route.orElseThrow().weight()).isEqualTo(highest.weight());
  }

  @Property(tries = 300)
  void withoutAFenceOnlyTheNewestOfTheLogIsWritten(
      @ForAll("commands") List<TrafficDesired> commands, @ForAll("moves") List<Move> moves) {
    TrafficDesired newest =
        commands.stream().max(Comparator.comparing(TrafficDesired::fence)).orElseThrow();
    Store store = new Store();
    act(store, new Seen(newest, store.route, store.version), true);
    for (Move move : moves) {
      if (move.writes()) {
        store.loseFence();
      }
      TrafficDesired split = commands.get(move.command());
      boolean readToEnd = split.fence().equals(newest.fence());
      act(store, new Seen(split, store.route, store.version), readToEnd);
      assertThat(store.route.orElseThrow().weight()).isEqualTo(newest.weight());
    }
  }

  private static void act(Store store, Seen seen, boolean readToEnd) {
    switch (RouteDecision.decide(seen.split(), seen.route(), readToEnd)) {
      case RouteDecision.Create _, RouteDecision.Write _ ->
          store.write(seen.version(), seen.split());
      case RouteDecision.AlreadyApplied _,
          RouteDecision.Superseded _,
          RouteDecision.NotOurs _,
          RouteDecision.WaitForEnd _ -> {}
    }
  }
}
