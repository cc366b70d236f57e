package dev.sluice.events;

import dev.sluice.events.RolloutFact.*;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One message of each kind, out of one story: an update of checkout-service. Named like the file of
 * the frozen sample; a variant of a message comes after a plus sign.
 */
final class Samples {

  static final Instant AT = Instant.parse("2026-11-20T14:30:00.250Z");
  private static final Instant TICK = Instant.parse("2026-11-20T14:30:00Z");
  private static final String UID = "5a0c1c3e-7d0f-4c54-9a0e-2f6f1d3c9b11";
  private static final String RUN = UID + "/checkout-service-6b56c8cdb4-2-3";
  private static final String EXPERIMENT = "checkout-service-6b56c8cdb4-2-1";
  private static final String CANARY_HASH = "6b56c8cdb4";
  private static final String STABLE_HASH = "674d8cf959";
  private static final String STABLE_SET = "checkout-service-" + STABLE_HASH;
  private static final String CANARY_SET = "checkout-service-" + CANARY_HASH;
  private static final String DIGEST =
      "sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final String QUERY =
      "sum(rate(http_requests_total{app=\"checkout-service\",code=~\"5..\"}[2m]))";
  private static final String ADDRESS = "http://prometheus.monitoring:9090";

  private static final TrafficApplied.RouteObject ROUTE =
      new TrafficApplied.RouteObject(
          "Ingress", "checkout-service-checkout-canary", "48213", 20, false, true);

  private static final Measurement GOOD =
      new Measurement(
          0, AnalysisPhase.SUCCESSFUL, "[0.001]", "", TICK, TICK.plusMillis(4), TICK.plusMillis(9));

  private static final Measurement EMPTY =
      new Measurement(
          1,
          AnalysisPhase.INCONCLUSIVE,
          "[]",
          "no data",
          TICK.plusSeconds(60),
          TICK.plusMillis(60_003),
          TICK.plusMillis(60_011));

  private static final MetricSpec METRIC = metric(null);

  private static final MetricProgress PROGRESS =
      new MetricProgress(
          "success-rate",
          AnalysisPhase.RUNNING,
          "",
          false,
          2,
          1,
          0,
          1,
          0,
          0,
          0,
          2,
          TICK.plusSeconds(120),
          List.of(GOOD, EMPTY));

  private static final List<ManagedRoute> ROUTES =
      List.of(
          new ManagedRoute.Header(
              "internal-testers",
              List.of(
                  new ManagedRoute.HeaderMatch(
                      "X-Tester", new ManagedRoute.TextMatch.Exact("yes")))),
          new ManagedRoute.Mirror(
              "shadow",
              List.of(
                  new ManagedRoute.RequestMatch(
                      new ManagedRoute.TextMatch.Exact("GET"),
                      new ManagedRoute.TextMatch.Prefix("/cart"),
                      Map.of()),
                  new ManagedRoute.RequestMatch(
                      null,
                      new ManagedRoute.TextMatch.Regex("/item/[0-9]+"),
                      Map.of("X-Shadow", new ManagedRoute.TextMatch.Exact("yes")))),
              35));

  private Samples() {}

  static Envelope envelope(Message message) {
    String id = message instanceof RolloutEvent event ? event.id() : "7f9c24e8-3b1a-4c7d";
    return new Envelope(
        id,
        URI.create("/sluice/rollout-orchestrator"),
        AT,
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  }

  static Map<String, Message> all() {
    Map<String, Message> all = new LinkedHashMap<>();
    // Each stands alone, so that a new fact changes no sample of another.
    for (RolloutFact fact : facts()) {
      RolloutEvent event = EventChain.chained(event(14, fact), "9c56cc51b374c3ba".repeat(4));
      all.put(name(event), event);
    }
    for (Message message : messages()) {
      String name = name(message);
      String variant =
          switch (message) {
            case TrafficApplied applied -> "+" + applied.outcome().getClass().getSimpleName();
            case RolloutCommand command when command.argument() != null ->
                "+" + command.argument().getClass().getSimpleName();
            case RolloutEvent _, RolloutSnapshot _, RolloutCommand _, ImagePushed _ -> "";
            case AnalysisDesired desired when !desired.metrics().contains(METRIC) -> "+retention";
            case TrafficDesired desired when desired.routes() != null -> "+routes";
            case TrafficDesired _, AnalysisDesired _, AnalysisProgress _ -> "";
            case PluginCall _, PluginAnswer _ -> "";
            case MeasurementTaken _, VerdictReached _ -> "";
          };
      all.put(name + variant.toLowerCase(Locale.ROOT), message);
    }
    return all;
  }

  /** A whole log: every fact once. */
  static List<RolloutEvent> log() {
    List<RolloutEvent> log = new ArrayList<>();
    String previous = EventChain.START;
    for (RolloutFact fact : facts()) {
      RolloutEvent event = EventChain.chained(event(log.size() + 1, fact), previous);
      previous = event.hash();
      log.add(event);
    }
    return log;
  }

  private static RolloutEvent event(long seq, RolloutFact fact) {
    return new RolloutEvent(
        UID,
        "shop",
        "checkout-service",
        seq,
        2,
        AT,
        "rollout-orchestrator",
        "registry.pushes-1@42",
        fact,
        "",
        "");
  }

  static Map<String, Object> httpBodies() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("metric-query", new MetricQuery(METRIC.provider(), TICK));
    Map<String, MetricAnswer.Outcome> outcomes = new LinkedHashMap<>();
    outcomes.put("", new MetricAnswer.Outcome.Vector(List.of(0.001, Double.NaN)));
    outcomes.put("+scalar", new MetricAnswer.Outcome.Scalar(Double.POSITIVE_INFINITY));
    outcomes.put("+no-data", new MetricAnswer.Outcome.NoData());
    outcomes.put(
        "+unavailable",
        new MetricAnswer.Outcome.Unavailable(
            MetricAnswer.Reason.PROVIDER_ERROR, "bad_data: invalid expression"));
    outcomes.forEach((variant, outcome) ->
        all.put(
            "metric-answer" + variant,
            new MetricAnswer(
                QUERY, TICK, 4, outcome, variant.isEmpty() ? List.of("slow") : List.of())));
    return all;
  }

  private static String name(Message message) {
    return MessageTypes.schemaFile(MessageTypes.of(message)).replace(".json", "");
  }

  private static RolloutCommand command(
      RolloutCommand.Action action, RolloutCommand.Argument argument) {
    return new RolloutCommand("cli-4712", UID, action, "erika@example.com", AT, argument);
  }

  private static List<Message> messages() {
    Fence fence = new Fence(2, 14);
    return List.of(
        new RolloutSnapshot(
            UID,
            "shop",
            "checkout-service",
            fence,
            2,
            "Paused",
            "CanaryPauseStep",
            3,
            10,
            CANARY_HASH,
            STABLE_HASH,
            20,
            20,
            false,
            AT),
        new RolloutCommand("cli-4711", UID, RolloutCommand.Action.PROMOTE, "erika@example.com", AT),
        command(RolloutCommand.Action.UNDO, new RolloutCommand.Argument.Revision(3)),
        command(
            RolloutCommand.Action.RESTART,
            new RolloutCommand.Argument.Moment(Instant.parse("2026-08-01T22:00:00Z"))),
        command(
            RolloutCommand.Action.SET_IMAGE,
            new RolloutCommand.Argument.Image("main", "ghcr.io/acme/checkout-service:2.1")),
        command(
            RolloutCommand.Action.TERMINATE,
            new RolloutCommand.Argument.Run("checkout-service-7746f49889-2-1")),
        new ImagePushed(
            "push-815",
            "distribution",
            "ghcr.io/acme/checkout-service",
            "release",
            DIGEST,
            AT.minusSeconds(2),
            AT,
            "build-bot"),
        split(fence, null),
        split(fence, ROUTES),
        applied(new TrafficApplied.Outcome.Applied(20, 5, List.of(ROUTE))),
        applied(new TrafficApplied.Outcome.Superseded(new Fence(3, 15))),
        applied(
            new TrafficApplied.Outcome.Failed(
                "ingress `checkout` has no rules using service checkout-stable backend", AT)),
        desired(fence, METRIC),
        desired(fence, metric(20)),
        new AnalysisProgress(
            RUN,
            UID,
            "shop",
            "checkout-service-6b56c8cdb4-2-3",
            2,
            AnalysisPhase.RUNNING,
            "",
            TICK,
            null,
            List.of(PROGRESS)),
        new MeasurementTaken(RUN, UID, 2, "success-rate", GOOD, ADDRESS, QUERY, 4),
        new PluginCall(
            UID,
            "shop",
            "checkout-service",
            2,
            3,
            PluginOperation.RUN,
            2,
            "smoke-test",
            "http://smoke.testing:8080/step",
            "{\"suite\":\"checkout\"}",
            "{\"job\":17}",
            2,
            CANARY_HASH,
            STABLE_HASH,
            AT.plusSeconds(60)),
        new PluginAnswer(
            UID,
            2,
            3,
            PluginOperation.RUN,
            2,
            PluginPhase.RUNNING,
            "41 of 60 tests are through",
            Duration.ofSeconds(45),
            "{\"job\":17}",
            AT),
        new VerdictReached(
            RUN,
            UID,
            "shop",
            "checkout-service",
            2,
            AnalysisRole.STEP,
            AnalysisPhase.SUCCESSFUL,
            "",
            List.of(PROGRESS),
            AT));
  }

  private static AnalysisDesired desired(Fence fence, MetricSpec metric) {
    return new AnalysisDesired(
        RUN,
        UID,
        "shop",
        "checkout-service",
        "checkout-service-6b56c8cdb4-2-3",
        fence,
        AnalysisRole.STEP,
        3,
        AnalysisDesired.Wanted.MEASURE,
        TICK,
        List.of(metric));
  }

  private static MetricSpec metric(Integer measurementRetention) {
    return new MetricSpec(
        "success-rate",
        Duration.ofMinutes(1),
        Duration.ZERO,
        5,
        "result[0] >= 0.99",
        null,
        1,
        3,
        4,
        0,
        false,
        measurementRetention,
        NoData.INCONCLUSIVE,
        new Provider.Prometheus(ADDRESS, QUERY, Duration.ofSeconds(30)));
  }

  private static TrafficApplied applied(TrafficApplied.Outcome outcome) {
    return new TrafficApplied(UID, "shop", "checkout-service", new Fence(2, 14), outcome, AT);
  }

  private static TrafficDesired split(Fence fence, List<ManagedRoute> routes) {
    return new TrafficDesired(
        UID,
        "shop",
        "checkout-service",
        fence,
        new TrafficDesired.Router.Nginx(
            List.of("checkout"),
            "nginx.ingress.kubernetes.io",
            Map.of("canary-by-header", "X-Canary"),
            Map.of("example.com/owner", "shop"),
            false),
        new TrafficDesired.Destination("checkout-stable", STABLE_HASH),
        new TrafficDesired.Destination("checkout-canary", CANARY_HASH),
        20,
        100,
        List.of(new TrafficDesired.WeightedDestination("checkout-trial", "5d4c3b2a19", 5)),
        List.of("internal-testers"),
        routes);
  }

  private static List<RolloutFact> facts() {
    return List.of(
        new RolloutAdopted(1),
        new SpecificationRejected("spec.strategy.canary.canaryService: service \"c\" not found"),
        new SpecificationRestored(),
        new RevisionStarted(
            2,
            CANARY_HASH,
            CANARY_SET,
            STABLE_HASH,
            List.of("ghcr.io/acme/checkout-service@" + DIGEST),
            "push " + DIGEST),
        new ImagePushAccepted(
            "push-815",
            "ghcr.io/acme/checkout-service@" + DIGEST,
            "ghcr.io/acme/checkout-service:1.0"),
        new ImagePushIgnored("push-816", "ghcr.io/acme/checkout-service:release", "already wanted"),
        new StepsChanged(10),
        new ReplicaSetCreated(CANARY_SET, 2),
        new ReplicaSetRefused(CANARY_SET, 2, "exceeded quota: replicasets"),
        new ReplicaSetScaled(CANARY_SET, 2, 0, 1),
        new WorkloadScaled("Deployment", "checkout", 0),
        new ScaleDownDelayed(STABLE_SET, AT.plusSeconds(30)),
        new ServiceSwitched("checkout-canary", "", CANARY_HASH),
        new StepCompleted(1, 10, "setWeight: 5"),
        new StepsSkipped("back to stable"),
        new PauseStarted("CanaryPauseStep", AT.plusSeconds(300)),
        new PauseEnded("CanaryPauseStep", "timer"),
        new WeightDesired(20, CANARY_HASH, STABLE_HASH),
        new WeightApplied(20, 5, List.of(ROUTE)),
        new WeightSuperseded(new Fence(3, 15)),
        new TrafficRoutingFailed("ingress.networking.k8s.io \"checkout\" not found"),
        new RouteSettled(STABLE_HASH),
        new AnalysisStarted(RUN, AnalysisRole.STEP, 3, List.of("success-rate")),
        new AnalysisPhaseChanged(
            RUN, AnalysisRole.STEP, AnalysisPhase.RUNNING, AnalysisPhase.SUCCESSFUL, ""),
        new AnalysisTerminated(RUN, AnalysisRole.BACKGROUND, "new revision"),
        new ExperimentStarted(EXPERIMENT, 1, List.of("baseline", "canary"), List.of("latency")),
        new ExperimentPhaseChanged(
            EXPERIMENT,
            AnalysisPhase.RUNNING,
            AnalysisPhase.SUCCESSFUL,
            "Required AnalysisRuns completed"),
        new ExperimentTerminated(EXPERIMENT, "the update was aborted"),
        new ExperimentOverdue(
            EXPERIMENT, "Experiment \"" + EXPERIMENT + "\" is not taken up by anybody yet"),
        new StepPluginCalled(3, "smoke-test", PluginOperation.RUN, 2),
        new StepPluginAnswered(
            3,
            "smoke-test",
            PluginOperation.RUN,
            2,
            PluginPhase.ERROR,
            PluginPhase.RUNNING,
            "41 of 60 tests are through"),
        new StepPluginSkipped(3, "smoke-test"),
        new ManagedRoutesDesired(List.of("internal-testers")),
        new RolloutAborted(2, "metric \"success-rate\" assessed Failed"),
        new RolloutRetried(2),
        new FullPromotionRequested(2),
        new RolloutCompleted(2, CANARY_HASH, "Completed all 10 canary steps"),
        new RestartStarted(AT),
        new PodsRestarted(AT),
        new ProgressDeadlineExceeded("ReplicaSet has timed out progressing."),
        new CapacityDeadlineExceeded("3 of 5 stable pods after 600 s"),
        new CommandAccepted("cli-4711", "PROMOTE"),
        new CommandRejected("cli-4712", "RETRY", "not aborted"),
        new CommandSuperseded("cli-4713", "PROMOTE", "aborted meanwhile"),
        new SpecificationChanged("cli-4714", "undo to revision 3"),
        new SpecificationChangeDropped(
            "cli-4715", "set image main=busybox", "it was changed meanwhile"),
        new EpochRaised(2, 3, "restored store: the route carries 2.99"),
        new RolloutQuarantined("decision failed: NullPointerException"),
        new RolloutDeleted());
  }
}
