package dev.sluice.orchestrator.world;

import dev.sluice.events.MetricSpec;
import dev.sluice.events.NoData;
import dev.sluice.events.Provider;
import dev.sluice.events.TrafficDesired;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.RunPlan;
import dev.sluice.orchestrator.Scaling;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Inputs as the edges give them. */
public final class Inputs {

  private Inputs() {}

  /** A Rollout that nobody has seen. */
  public static Identity newRollout() {
    String uid = UUID.randomUUID().toString();
    return new Identity(uid, "production", "app-" + uid.substring(0, 8));
  }

  /** The Rollout as the informer shows it. */
  public static Input observed(Identity identity, Specification specification) {
    return new Input(
        identity,
        "kubernetes/specification",
        null,
        "kubectl",
        new Signal.SpecificationObserved(specification));
  }

  /** Its ReplicaSets, all as large as they are wanted. */
  public static Input cluster(
      Identity identity, String canary, String stable, Map<String, Integer> sizes) {
    Map<String, Cluster.ReplicaSet> replicaSets = new TreeMap<>();
    sizes.forEach((hash, size) ->
        replicaSets.put(
            hash,
            new Cluster.ReplicaSet(
                identity.name() + "-" + hash,
                hash,
                replicaSets.size() + 1,
                size,
                size,
                size,
                size,
                Instant.EPOCH)));
    return new Input(
        identity,
        "kubernetes/cluster",
        null,
        null,
        new Signal.ClusterObserved(
            new Cluster(replicaSets, canary, stable, Cluster.Shown.NOTHING)));
  }

  /** A command; it always leads to exactly one entry of the log. */
  public static Input command(Identity identity, String id, Command command) {
    return new Input(
        new Identity(identity.uid(), "", ""),
        "test",
        id,
        "alice",
        new Signal.CommandReceived(id, command));
  }

  /** Two pods, routed by nginx. */
  public static Specification specification(Identity identity, String podHash, Step... steps) {
    return specification(identity, podHash, Duration.ofSeconds(30), steps);
  }

  /** The same, where an aborted canary keeps its pods for this long. */
  public static Specification specification(
      Identity identity, String podHash, Duration abortDelay, Step... steps) {
    return new Specification(
        1,
        2,
        podHash,
        "steps",
        "app=app",
        List.of(
            new Specification.Container(
                "main", "registry.example/" + identity.name() + ":" + podHash)),
        List.of(steps),
        null,
        "canary",
        "stable",
        new Specification.Splitting.ByRoute(
            new TrafficDesired.Router.Nginx(
                List.of("ingress"),
                "nginx.ingress.kubernetes.io",
                Map.of("b", "2", "a", "1"),
                Map.of(),
                false),
            100,
            false),
        new Specification.Budget(1, 0),
        Duration.ofSeconds(30),
        new Specification.AbortDelay.After(abortDelay),
        Scaling.PLAIN,
        10,
        0,
        Duration.ofSeconds(600),
        false,
        false,
        null,
        new Specification.PushRule("registry.example/" + identity.name(), "release"),
        null);
  }

  /** A gate of one metric. */
  public static Step analysis() {
    return new Step.Analysis(
        new RunPlan(
            List.of(
                new MetricSpec(
                    "error-rate",
                    Duration.ofSeconds(30),
                    Duration.ZERO,
                    5,
                    "result[0] < 0.01",
                    null,
                    2,
                    0,
                    4,
                    0,
                    false,
                    null,
                    NoData.INCONCLUSIVE,
                    new Provider.Prometheus("http://prometheus", "up", Duration.ofSeconds(30)))),
            Map.of()));
  }
}
