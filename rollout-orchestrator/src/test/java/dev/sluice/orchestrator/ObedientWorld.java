package dev.sluice.orchestrator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.Fence;
import dev.sluice.events.ManagedRoute;
import dev.sluice.events.PluginAnswer;
import dev.sluice.events.PluginCall;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.TrafficDesired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Neighbours that do at once and exactly what they are told, so that a scenario shows the decisions
 * alone. Each thing that happens is a line of {@link #log}.
 */
final class ObedientWorld {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final List<String> log = new ArrayList<>();
  private final Map<String, Cluster.ReplicaSet> replicaSets = new TreeMap<>();
  private final Map<String, Integer> podLimits = new LinkedHashMap<>();
  private String canarySelector = "";
  private String stableSelector = "";
  private int weight = -1;
  private boolean routerAnswers = true;
  private boolean podsLinger;
  private String refusal = "";
  private List<ManagedRoute> managedRoutes = List.of();
  private boolean gatewayIsThere = true;
  private PluginCall called;
  private PluginCall calledBefore;
  private TrafficDesired unanswered;
  private final ExperimentScript experiments = new ExperimentScript();
  private Cluster.Shown found = Cluster.Shown.NOTHING;
  private String marked = "";
  private Instant now = START;
  private Rollout rollout = Rollout.unknown(new Identity("u-1", "production", "app"), START);

  Rollout rollout() {
    return rollout;
  }

  int weight() {
    return weight;
  }

  Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    replicaSets.forEach((hash, r) -> sizes.put(hash, r.wanted()));
    return sizes;
  }

  void give(Signal signal) {
    decide(signal);
    settle();
  }

  /** The specification was changed for a command: the object is marked by it. */
  void mark(String command) {
    line("  written for " + command);
    marked = command;
    settle();
  }

  void wait(Duration duration) {
    Instant end = now.plus(duration);
    while (true) {
      Optional<Map.Entry<String, Instant>> next =
          Timers.of(rollout).entrySet().stream()
              .filter(e -> !e.getValue().isAfter(end))
              .min(Map.Entry.comparingByValue());
      if (next.isEmpty()) {
        break;
      }
      now = next.get().getValue().isAfter(now) ? next.get().getValue() : now;
      give(new Signal.TimerFired(next.get().getKey()));
    }
    now = end;
  }

  /** The moment that is this long after now. */
  Instant at(Duration later) {
    return now.plus(later);
  }

  /** No more than this many pods of a hash are available from now on. */
  void limitPods(String podHash, int available) {
    podLimits.put(podHash, available);
    settle();
  }

  /** Somebody makes a Service select by no hash. */
  void emptied(String service) {
    if (service.equals("stable")) {
      stableSelector = "";
    } else {
      canarySelector = "";
    }
    decide(new Signal.ClusterObserved(seen()));
    settle();
  }

  /** ReplicaSets are not created for this reason; for none, they are. */
  void refused(String why) {
    refusal = why;
    settle();
  }

  /** Pods that are too many stay for now. */
  void podsLinger(boolean linger) {
    podsLinger = linger;
    settle();
  }

  void routerAnswers(boolean answers) {
    routerAnswers = answers;
    if (answers && unanswered != null) {
      TrafficDesired last = unanswered;
      unanswered = null;
      apply(last);
    }
    settle();
  }

  /** Whether somebody else keeps changing the route: the router says so, and when it is over. */
  void routerFights(boolean fights) {
    TrafficApplied.Outcome outcome =
        fights
            ? new TrafficApplied.Outcome.Failed("contended", now)
            : new TrafficApplied.Outcome.Applied(weight, weight, List.of());
    give(new Signal.RouteReported(rollout.route().desired().fence(), outcome));
  }

  /** The router finds this on the route, and does not write what is older. */
  void routeCarries(Fence found) {
    give(
        new Signal.RouteReported(
            rollout.route().desired().fence(), new TrafficApplied.Outcome.Superseded(found)));
  }

  void verdict(AnalysisRole role, AnalysisPhase phase, String message) {
    Run run = newest(role);
    give(new Signal.RunReported(run.id(), run.epoch(), AnalysisPhase.RUNNING));
    if (phase.isCompleted()) {
      give(new Signal.VerdictReported(run.id(), run.epoch(), phase, message));
    }
  }

  // Where nobody waits for one any more: the last that was waited for.
  private Run newest(AnalysisRole role) {
    return rollout
        .run(role)
        .orElseGet(() ->
            rollout.setAside().stream()
                .filter(run -> run.role() == role)
                .reduce((_, later) -> later)
                .orElseThrow());
  }

  /** Something happens to an Experiment. */
  void experiment(JsonNode value) {
    experiments.play(value);
    settle();
  }

  void showTimers() {
    Map<String, Long> seconds = new TreeMap<>();
    Timers.of(rollout)
        .forEach((name, due) -> seconds.put(name, Duration.between(START, due).toSeconds()));
    line("  timers: " + seconds);
  }

  /** The plugin that is called answers; where the gateway is away it is not called. */
  void plugin(PluginScript.Said said) {
    answer(called, said);
  }

  /** The plugin answers the call before the last one. */
  void latePlugin(PluginScript.Said said) {
    answer(calledBefore, said);
  }

  /** Whether somebody carries out the calls. */
  void gatewayIsThere(boolean there) {
    gatewayIsThere = there;
  }

  private void answer(PluginCall call, PluginScript.Said said) {
    give(
        new Signal.PluginAnswered(
            new PluginAnswer(
                call.uid(),
                call.epoch(),
                call.step(),
                call.operation(),
                call.execution(),
                said.phase(),
                said.message(),
                said.requeueAfter(),
                said.status(),
                now)));
  }

  private void take(PluginCall call) {
    if (!gatewayIsThere) {
      line("  nobody takes the call " + call.id());
      return;
    }
    line(
        "  call "
            + call.id()
            + " of "
            + call.url()
            + " with "
            + call.config()
            + (call.status() == null ? "" : " and status " + call.status()));
    if (called == null || !called.id().equals(call.id())) {
      calledBefore = called;
      called = call;
    }
  }

  private void decide(Signal signal) {
    Decision decision = Decider.on(rollout, signal, now);
    rollout = decision.next();
    for (Decision.Entry entry : decision.entries()) {
      line(entry.epoch() + "." + entry.seq() + " " + entry.fact());
    }
    for (Decision.Outgoing outgoing : decision.outgoing()) {
      if (outgoing instanceof Decision.Outgoing.Publish(_, TrafficDesired desired)) {
        apply(desired);
      }
      if (outgoing instanceof Decision.Outgoing.Publish(_, PluginCall call)) {
        take(call);
      }
    }
  }

  private void apply(TrafficDesired desired) {
    if (!routerAnswers) {
      unanswered = desired;
      return;
    }
    int before = weight;
    weight = desired.weight();
    if (before != weight) {
      line("  route: " + before + " -> " + weight + ofPingPong(desired));
    }
    List<ManagedRoute> routes = desired.routes() == null ? List.of() : desired.routes();
    if (!routes.equals(managedRoutes)) {
      line("  managed routes of " + desired.managedRoutes() + ": " + routes);
      managedRoutes = routes;
    }
    Fence fence = desired.fence();
    decide(
        new Signal.RouteReported(
            fence, new TrafficApplied.Outcome.Applied(weight, before, List.of())));
  }

  private String ofPingPong(TrafficDesired desired) {
    return rollout.specification().isPingPong() ? " of " + desired.canary().service() : "";
  }

  /** Lets the cluster do what it is told until nothing more happens. */
  private void settle() {
    for (int round = 0; round < 100; round++) {
      boolean isSeen = seen().equals(rollout.cluster());
      boolean isDue = Motion.isDue(rollout);
      boolean changed = writeReplicaSets();
      changed |= writeSelectors();
      if (isSeen && isDue != changed && refusal.isEmpty()) {
        throw new AssertionError(
            "due: %s, moved: %s:%n%s".formatted(isDue, changed, String.join("\n", log)));
      }
      changed |= runPods();
      changed |= experiments.write(rollout, this::line);
      Cluster seen = seen();
      if (!seen.equals(rollout.cluster())) {
        decide(new Signal.ClusterObserved(seen));
        changed = true;
      }
      if (!changed) {
        line("  = " + summary());
        return;
      }
    }
    throw new AssertionError("the world finds no rest:\n" + String.join("\n", log));
  }

  /**
   * Another controller was here.
   *
   * @param sizes of the ReplicaSets, in the order of their revisions
   * @param weight -1 where there is no route
   * @param status that it has left
   */
  void found(
      Map<String, Integer> sizes, String canary, String stable, int route, Cluster.Shown status) {
    int revision = 0;
    for (Map.Entry<String, Integer> size : sizes.entrySet()) {
      revision++;
      int pods = size.getValue();
      replicaSets.put(
          size.getKey(),
          new Cluster.ReplicaSet(
              "app-" + size.getKey(),
              size.getKey(),
              revision,
              pods,
              pods,
              pods,
              pods,
              START.minusSeconds(100 - revision)));
    }
    canarySelector = canary;
    stableSelector = stable;
    weight = route;
    found = status;
    decide(new Signal.ClusterObserved(seen()));
  }

  private Cluster seen() {
    return objects().with(experiments.seen(rollout));
  }

  private Cluster objects() {
    if (rollout.revision() == null) {
      return new Cluster(replicaSets, canarySelector, stableSelector, found);
    }
    boolean swapped = rollout.swapped();
    StatusView status = StatusView.of(rollout);
    return new Cluster(
        replicaSets,
        swapped ? stableSelector : canarySelector,
        swapped ? canarySelector : stableSelector,
        new Cluster.Shown(
            status.stepIndex(),
            status.stableHash(),
            Math.max(0, weight),
            marked,
            rollout.cluster().shown().inherited()),
        swapped,
        Map.of());
  }

  private boolean writeReplicaSets() {
    boolean changed = false;
    for (Map.Entry<String, Integer> size : Sizes.of(rollout).entrySet()) {
      String hash = size.getKey();
      Cluster.ReplicaSet there = replicaSets.get(hash);
      if (there == null && !refusal.isEmpty()) {
        if (!rollout.refusal().equals(refusal)) {
          decide(new Signal.ReplicaSetRefused(hash, refusal));
          changed = true;
        }
      } else if (there == null) {
        replicaSets.put(
            hash,
            new Cluster.ReplicaSet(
                "app-" + hash, hash, rollout.revision().number(), 0, 0, 0, 0, now));
        changed = true;
      } else if (there.revision() != number(there)) {
        replicaSets.put(hash, numbered(there));
        changed = true;
      } else if (there.wanted() != size.getValue()) {
        line("  pods of " + hash + ": " + there.wanted() + " -> " + size.getValue());
        replicaSets.put(hash, with(there, size.getValue(), there.available()));
        changed = true;
      }
    }
    return changed;
  }

  // A ReplicaSet that is wanted again has the new revision's number.
  private int number(Cluster.ReplicaSet there) {
    return there.podHash().equals(rollout.revision().podHash())
        ? rollout.revision().number()
        : there.revision();
  }

  private Cluster.ReplicaSet numbered(Cluster.ReplicaSet there) {
    return new Cluster.ReplicaSet(
        there.name(),
        there.podHash(),
        number(there),
        there.wanted(),
        there.actual(),
        there.ready(),
        there.available(),
        there.createdAt());
  }

  private boolean writeSelectors() {
    RoutePlan plan = RoutePlan.of(rollout);
    return rollout.swapped()
        ? writeSelectors(plan.canary(), plan.stable())
        : writeSelectors(plan.stable(), plan.canary());
  }

  private boolean writeSelectors(String stable, String canary) {
    boolean changed = false;
    boolean pingPong = rollout.isKnown() && rollout.specification().isPingPong();
    if (!stable.equals(stableSelector)) {
      String name = pingPong ? "ping" : "stable";
      line("  " + name + " service: '" + stableSelector + "' -> '" + stable + "'");
      stableSelector = stable;
      changed = true;
    }
    if (!canary.equals(canarySelector)) {
      String name = pingPong ? "pong" : "canary";
      line("  " + name + " service: '" + canarySelector + "' -> '" + canary + "'");
      canarySelector = canary;
      changed = true;
    }
    return changed;
  }

  private boolean runPods() {
    boolean changed = false;
    for (Cluster.ReplicaSet there : List.copyOf(replicaSets.values())) {
      int limit = podLimits.getOrDefault(there.podHash(), Integer.MAX_VALUE);
      int least = podsLinger ? there.available() : 0;
      int available = Math.max(least, Math.min(there.wanted(), limit));
      if (available != there.available() || there.actual() != Math.max(there.wanted(), available)) {
        replicaSets.put(there.podHash(), with(there, there.wanted(), available));
        changed = true;
      }
    }
    return changed;
  }

  private static Cluster.ReplicaSet with(Cluster.ReplicaSet there, int wanted, int available) {
    return new Cluster.ReplicaSet(
        there.name(),
        there.podHash(),
        there.revision(),
        wanted,
        Math.max(wanted, available),
        available,
        available,
        there.createdAt());
  }

  private String summary() {
    StatusView status = StatusView.of(rollout);
    return "step "
        + status.stepIndex()
        + ", weight "
        + weight
        + ", pods "
        + sizes()
        + ", "
        + status.phase()
        + (status.message().isEmpty() ? "" : " (" + status.message() + ")");
  }

  void line(String text) {
    log.add("T+" + Duration.between(START, now).toSeconds() + " " + text);
  }
}
