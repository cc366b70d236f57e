package dev.sluice.system.simulator;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficApplied.RouteObject;
import dev.sluice.events.TrafficDesired;
import dev.sluice.system.simulator.ClusterObject.IngressObject;
import dev.sluice.system.simulator.SimulatedCluster.Answer;
import dev.sluice.system.simulator.invariant.Observation;
import dev.sluice.traffic.Attempt;
import dev.sluice.traffic.CanaryIngress;
import dev.sluice.traffic.IngressPlan;
import dev.sluice.traffic.IngressPlan.Observed;
import dev.sluice.traffic.IngressPlan.Step;
import dev.sluice.traffic.IngressView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The router's way to the cluster: rounds of read, plan, write, as the real edge has them, with
 * time between all of these. The plans are the core's own.
 */
final class SimulatedRoutes {

  private static final int ROUNDS = 10;

  private final Ground ground;
  private final Guards guards;
  private final SimulatedCluster cluster;
  private final SimulatedRouter router;
  private final SimulatedGroup group;
  private final Truth truth;
  private final Checks checks;

  SimulatedRoutes(
      Ground ground,
      Guards guards,
      SimulatedCluster cluster,
      SimulatedRouter router,
      SimulatedGroup group,
      Truth truth,
      Checks checks) {
    this.ground = ground;
    this.guards = guards;
    this.cluster = cluster;
    this.router = router;
    this.group = group;
    this.truth = truth;
    this.checks = checks;
  }

  /** Says how it ended, unless the process dies before. */
  void apply(TrafficDesired split, Consumer<Attempt> ended) {
    new Rounds(split, ended).next();
  }

  private final class Rounds {

    private final TrafficDesired split;
    private final Consumer<Attempt> ended;
    private int round;
    private Integer previousWeight;
    private Optional<Observed> earlySight = Optional.empty();
    private boolean created;
    private boolean changed;
    private boolean foreign;

    Rounds(TrafficDesired split, Consumer<Attempt> ended) {
      this.split = split;
      this.ended = ended;
    }

    void next() {
      if (round++ == ROUNDS) {
        ended.accept(new Attempt.Failed("it changes faster than it can be read back"));
      } else {
        router.process().later(ground.chaos().millis(1, 30), this::read);
      }
    }

    private void read() {
      if (round == 1 && early()) {
        return;
      }
      if (cluster.isAway()) {
        ended.accept(new Attempt.Failed("the API server did not answer"));
        return;
      }
      Observed seen = new Observed("app", view(SimulatedCluster.STABLE_INGRESS), canary());
      before(seen);
      router.process().later(ground.chaos().millis(1, 30), () -> plan(seen));
    }

    private void before(Observed seen) {
      if (previousWeight == null) {
        previousWeight = seen.canary().map(canary -> IngressObject.of(canary).weight()).orElse(-1);
      }
    }

    // Over what the watch has shown, which may be old.
    private boolean early() {
      Observed seen =
          new Observed(
              "app",
              known(SimulatedCluster.STABLE_INGRESS),
              known(SimulatedCluster.INGRESS_OF_CANARY));
      if (!(planned(seen, false) instanceof IngressPlan.Steps steps) || !steps.provesItsSight()) {
        return false;
      }
      earlySight = Optional.of(seen);
      foreign |= steps.foreign();
      write(steps.steps().getFirst());
      return true;
    }

    private Optional<IngressView> known(String name) {
      return router
          .ingresses()
          .find(name)
          .map(s -> ((IngressObject) s.object()).at(s.versionText()));
    }

    private Optional<IngressView> canary() {
      return view(SimulatedCluster.INGRESS_OF_CANARY);
    }

    private Optional<IngressView> view(String name) {
      return cluster.find(name).map(s -> ((IngressObject) s.object()).at(s.versionText()));
    }

    private void plan(Observed seen) {
      IngressPlan plan = planned(seen, false);
      if (plan instanceof IngressPlan.WaitForEnd) {
        checks.visit(plan);
        router.newestAtEnd(split, newest -> goOn(seen, newest));
      } else {
        follow(seen, plan);
      }
    }

    private IngressPlan planned(Observed seen, boolean readToEnd) {
      return IngressPlan.of(
          split, Manifest.NGINX, List.of(guards.afterTampering(seen, split)), readToEnd);
    }

    private void goOn(Observed seen, Optional<Fence> newest) {
      if (newest.isPresent() && !newest.get().equals(split.fence())) {
        ended.accept(new Attempt.Overtaken());
      } else {
        follow(seen, planned(seen, newest.isPresent()));
      }
    }

    private void follow(Observed seen, IngressPlan plan) {
      checks.visit(plan);
      switch (plan) {
        case IngressPlan.Superseded(Fence found) -> ended.accept(new Attempt.Superseded(found));
        case IngressPlan.Impossible(String message) -> ended.accept(new Attempt.Failed(message));
        case IngressPlan.WaitForEnd _ ->
            ended.accept(new Attempt.Failed("the log cannot be read to its end"));
        case IngressPlan.Steps steps -> {
          foreign |= steps.foreign();
          if (steps.isDone()) {
            checks.visit(steps.steps().getFirst());
            // Perhaps a stranger has put it right.
            truth.foreign(truth.isForeign() && isOutdated(seen));
            ended.accept(applied(seen));
          } else {
            write(steps.steps().getFirst());
          }
        }
      }
    }

    private boolean isOutdated(Observed seen) {
      return !canary()
          .map(IngressView::resourceVersion)
          .equals(seen.canary().map(IngressView::resourceVersion));
    }

    private Attempt applied(Observed seen) {
      var canary = seen.canary().orElseThrow();
      int weight = IngressObject.of(canary).weight();
      RouteObject object =
          new RouteObject(
              "Ingress",
              canary.name(),
              canary.resourceVersion(),
              weight,
              created,
              changed && !created);
      Map<String, String> versions =
          Map.of(
              canary.name(),
              canary.resourceVersion(),
              seen.stableName(),
              seen.stable().orElseThrow().resourceVersion());
      return new Attempt.Applied(weight, previousWeight, List.of(object), versions, foreign);
    }

    private void write(Step step) {
      checks.visit(step);
      switch (step) {
        case Step.Create(CanaryIngress canary) -> {
          created = true;
          put("0", () -> IngressObject.of(made(canary)));
        }
        case Step.Patch patch -> put(patch.seen().resourceVersion(), () -> patched(patch));
        case Step.Keep _ -> next();
      }
    }

    private IngressView made(CanaryIngress canary) {
      return new IngressView(
          canary.name(),
          "",
          Optional.of(IngressObject.controller(split.key())),
          canary.annotations(),
          canary.spec());
    }

    // As the API server merges it, into what is there.
    private IngressObject patched(Step.Patch patch) {
      Map<String, String> annotations =
          new TreeMap<>(cluster.ingress().map(i -> i.view().annotations()).orElse(Map.of()));
      annotations.keySet().removeAll(patch.removed());
      annotations.putAll(patch.annotations());
      return IngressObject.of(
          new IngressView(
              patch.seen().name(),
              "",
              patch.seen().controller(),
              annotations,
              patch.spec().orElse(patch.seen().spec())));
    }

    private void put(String over, Supplier<IngressObject> write) {
      if (router.process().crashes(Fault.CRASH_BEFORE_WRITE)) {
        return;
      }
      long version = Long.parseLong(over);
      cluster.request(
          router.process(),
          () -> {
            int before = truth.weight();
            Map<String, Map<String, String>> objects = cluster.routes();
            IngressObject object = write.get();
            Answer answer =
                cluster.putOver(
                    guards.isOn(Guard.ROUTE_VERSION)
                        ? version
                        : cluster.versionOf(SimulatedCluster.INGRESS_OF_CANARY),
                    SimulatedCluster.INGRESS_OF_CANARY,
                    object);
            if (answer == Answer.DONE) {
              checks.observe(
                  split.key(),
                  new Observation.RouteWritten(
                      SimulatedCluster.INGRESS_OF_CANARY, objects, cluster.routes()));
              landed(before, object);
            }
            return answer;
          },
          this::answered);
    }

    private void landed(int before, IngressObject object) {
      router.process().log(() -> "route: " + before + " -> " + object);
      if (!group.isOwner(router, SimulatedRouter.partitionOf(split))) {
        ground.chaos().led(Consequence.ZOMBIE_WROTE_THE_ROUTE);
      }
      Observation written =
          new Observation.WeightWritten(before, object.weight(), object.total(), object.fence());
      truth.foreign(!truth.isAbout(split.key()));
      checks.observe(split.key(), written);
      if (!truth.isAbout(split.key())) {
        // For who has the name now, the one before is a stranger.
        checks.observe(
            new Observation.WeightWritten(before, object.weight(), object.total(), Fence.NONE));
      }
    }

    private void answered(Answer answer) {
      if (router.process().crashes(Fault.CRASH_AFTER_WRITE)) {
        return;
      }
      switch (answer) {
        case DONE -> {
          earlySight.ifPresent(this::before);
          changed = true;
          next();
        }
        case CONFLICT -> {
          foreign &= earlySight.isEmpty();
          earlySight = Optional.empty();
          next();
        }
        case FAILED -> ended.accept(new Attempt.Failed("the write was refused"));
        case REFUSED -> throw new IllegalStateException("nobody refuses a route");
      }
    }
  }
}
