package dev.sluice.system.simulator;

import static java.util.Map.entry;

import dev.sluice.events.ManagedRoute;
import dev.sluice.events.ManagedRoute.TextMatch;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.NoData;
import dev.sluice.events.Provider;
import dev.sluice.orchestrator.Arguments;
import dev.sluice.orchestrator.ExperimentPlan;
import dev.sluice.orchestrator.RunPlan;
import dev.sluice.orchestrator.Step;
import dev.sluice.orchestrator.Step.SetCanaryScale;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Lists of steps, by name. Weights are in parts of 100. */
final class StepLists {

  /** Where step plugins are. */
  static final String PLUGINS = "http://plugins.testing:8080";

  /** Names of header and mirror routes. */
  static final List<String> ROUTES = List.of("testers", "shadow");

  private static final List<String> APART =
      List.of("experiment-first", "experiments", "scale-beside");

  private static final String SWITCHED_OFF = "switched-off";

  private static final Map<String, List<Step>> LISTS =
      new TreeMap<>(
          Map.ofEntries(
              entry(
                  "checkout",
                  List.of(
                      weight(5),
                      pause(12),
                      analysis("error-rate", "latency"),
                      weight(20),
                      pause(30),
                      analysis("error-rate", "latency", "memory"),
                      weight(50),
                      pause(60),
                      analysis("error-rate", "latency", "memory", "throughput"),
                      weight(100))),
              entry("short", List.of(weight(20), pause(10))),
              entry("endless", List.of(weight(30), new Step.EndlessPause(), weight(60))),
              entry(
                  "descending",
                  List.of(weight(50), pause(5), weight(20), pause(5), weight(80), pause(5))),
              entry(
                  "scaled",
                  List.of(
                      new SetCanaryScale.Replicas(2),
                      weight(10),
                      pause(5),
                      new SetCanaryScale.Weight(50),
                      weight(80),
                      pause(5),
                      new SetCanaryScale.MatchTrafficWeight(),
                      pause(5))),
              entry(
                  "scaled-down",
                  List.of(
                      weight(60),
                      new SetCanaryScale.Replicas(0),
                      pause(5),
                      weight(30),
                      new SetCanaryScale.Weight(100),
                      new Step.EndlessPause(),
                      weight(90))),
              entry("none", List.of()),
              entry("analysis-first", List.of(analysis("error-rate"), weight(30), pause(5))),
              entry(
                  "pause-first", List.of(new Step.EndlessPause(), weight(40), analysis("memory"))),
              entry(
                  "there-and-back",
                  List.of(weight(100), pause(5), weight(0), pause(5), weight(60))),
              entry(
                  "gates",
                  List.of(
                      weight(10),
                      analysis("error-rate"),
                      weight(60),
                      analysis("latency", "memory"))),
              entry(
                  "plugins",
                  List.of(
                      weight(10),
                      plugin("smoke"),
                      weight(40),
                      pause(5),
                      plugin("soak"),
                      weight(70))),
              entry(
                  "plugins-first",
                  List.of(
                      plugin("migrate"),
                      plugin(SWITCHED_OFF),
                      weight(30),
                      analysis("error-rate"),
                      plugin("smoke"),
                      new Step.EndlessPause())),
              entry(
                  "experiments",
                  List.of(
                      weight(20),
                      experiment(Duration.ofSeconds(30), false),
                      weight(50),
                      experiment(null, true),
                      pause(5))),
              entry(
                  "experiment-first",
                  List.of(
                      experiment(null, false),
                      weight(30),
                      analysis("error-rate"),
                      experiment(Duration.ofSeconds(10), true),
                      weight(70))),
              entry(
                  "scale-beside",
                  List.of(
                      new Step.Scaled(new SetCanaryScale.Replicas(3), weight(10)),
                      new Step.Scaled(new SetCanaryScale.Weight(80), pause(5)),
                      weight(50),
                      analysis("error-rate"),
                      new Step.Scaled(new SetCanaryScale.MatchTrafficWeight(), weight(70)),
                      new Step.EndlessPause())),
              entry(
                  "routes",
                  List.of(
                      testers("yes"),
                      weight(20),
                      shadow("/cart"),
                      pause(10),
                      testers("no"),
                      weight(50),
                      shadow(),
                      pause(10),
                      weight(80)))));

  private StepLists() {}

  static List<Step> named(String name) {
    return LISTS.get(name);
  }

  static List<String> names() {
    return List.copyOf(LISTS.keySet());
  }

  /**
   * The name of one. Those that came later are drawn apart: the other runs stay as they are.
   *
   * @param own chance of its own
   */
  static String by(Chaos chaos, RandomGenerator own) {
    String usual =
        chaos.oneOf(LISTS.keySet().stream().filter(name -> !APART.contains(name)).toList());
    return own.nextInt(8) == 0 ? APART.get(own.nextInt(APART.size())) : usual;
  }

  private static Step weight(int weight) {
    return new Step.SetWeight(weight);
  }

  private static Step pause(int seconds) {
    return new Step.TimedPause(Duration.ofSeconds(seconds), seconds + "s");
  }

  private static Step plugin(String name) {
    return new Step.Plugin(name, PLUGINS + "/" + name, "{}", name.equals(SWITCHED_OFF));
  }

  private static Step experiment(Duration duration, boolean required) {
    return new Step.Experiment(
        new ExperimentPlan(
            List.of("baseline", "canary"),
            duration,
            List.of(
                new ExperimentPlan.Analysis(
                    "gate",
                    required,
                    List.of(new ExperimentPlan.Argument("hash", Arguments.CANARY_HASH))))));
  }

  private static Step testers(String value) {
    return new Step.SetRoute(
        new ManagedRoute.Header(
            "testers",
            List.of(new ManagedRoute.HeaderMatch("X-Tester", new TextMatch.Exact(value)))));
  }

  private static Step shadow(String... paths) {
    return new Step.SetRoute(
        new ManagedRoute.Mirror(
            "shadow",
            Stream.of(paths)
                .map(path ->
                    new ManagedRoute.RequestMatch(null, new TextMatch.Prefix(path), Map.of()))
                .toList(),
            null));
  }

  private static Step analysis(String... metrics) {
    return new Step.Analysis(
        new RunPlan(List.of(metrics).stream().map(StepLists::metric).toList(), Map.of()));
  }

  /** A metric that is measured until its run is ended. */
  static MetricSpec endless(String name) {
    return metric(name, 0);
  }

  static MetricSpec metric(String name) {
    return metric(name, name.equals("throughput") ? 2 : 3);
  }

  // Metrics differ in how they take what is missing.
  private static MetricSpec metric(String name, int count) {
    boolean strict = name.equals("latency");
    return new MetricSpec(
        name,
        Duration.ofSeconds(5),
        name.equals("memory") ? Duration.ofSeconds(3) : Duration.ZERO,
        count,
        "result[0] < 0.01",
        null,
        name.equals("error-rate") ? 1 : 0,
        name.equals("memory") ? 1 : 0,
        strict ? 1 : 4,
        0,
        name.equals("throughput"),
        null,
        strict ? NoData.ERROR : NoData.INCONCLUSIVE,
        new Provider.Prometheus(
            "http://prometheus.monitoring:9090",
            name + "{hash=\"" + Arguments.CANARY_HASH + "\"}",
            Duration.ofSeconds(5)));
  }
}
