package dev.sluice.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.Fence;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.NoData;
import dev.sluice.events.Provider;
import dev.sluice.events.TrafficDesired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder under {@code scenarios/} is a claim about the core: what is done ({@code
 * scenario.yaml}) and all that follows ({@code log.txt}; written anew with {@code
 * -Dsluice.update=true}, then to be read by a person).
 */
class ScenarioTest {

  private static final Path FOLDER = Path.of("src/test/resources/scenarios");
  private static final YAMLMapper YAML = new YAMLMapper();

  static Stream<String> scenarios() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.map(p -> p.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void goesAsItsLogSays(String name) throws IOException {
    Path folder = FOLDER.resolve(name);
    JsonNode scenario = YAML.readTree(folder.resolve("scenario.yaml").toFile());
    ObedientWorld world = new ObedientWorld();
    Script script = new Script(scenario.path("specification"));
    for (JsonNode step : scenario.path("do")) {
      world.line("> " + step);
      script.play(step, world);
      script.write(world);
    }
    String log = String.join("\n", world.log) + "\n";
    Path expected = folder.resolve("log.txt");
    if (Boolean.getBoolean("sluice.update")) {
      Files.writeString(expected, log);
    }
    assertThat(log).isEqualTo(Files.readString(expected));
  }

  private static final class Script {

    private final JsonNode base;
    private long generation;
    private String template = "";
    private String stepsHash = "s1";
    private int replicas;
    private boolean routed;
    private JsonNode background;
    private boolean paused;
    private boolean disabled;
    private Instant restartAt;
    private String image = "registry.example/app:v1";
    private int commands;
    private boolean writes = true;

    Script(JsonNode base) {
      this.base = base;
      replicas = base.path("replicas").asInt(5);
      routed = base.path("routed").asBoolean(true);
      background = base.path("background");
    }

    void play(JsonNode step, ObedientWorld world) {
      String verb = step.fieldNames().next();
      JsonNode value = step.get(verb);
      switch (verb) {
        case "template" -> {
          template = value.asText();
          image = "registry.example/app:" + template;
          observe(world);
        }
        case "image" -> {
          image = value.get("image").asText();
          template = value.get("template").asText();
          observe(world);
        }
        case "steps" -> {
          stepsHash = value.asText();
          observe(world);
        }
        case "replicas" -> {
          replicas = value.asInt();
          observe(world);
        }
        case "routed" -> {
          routed = value.asBoolean();
          observe(world);
        }
        case "paused" -> {
          paused = value.asBoolean();
          observe(world);
        }
        case "restart" -> {
          restartAt = world.at(Duration.parse("PT" + value.asText().toUpperCase()));
          observe(world);
        }
        case "found" -> found(value, world);
        case "replaced" -> world.give(new Signal.PodsReplaced(restartAt));
        case "unusable" -> world.give(new Signal.SpecificationUnusable(generation, value.asText()));
        case "wait" -> world.wait(Duration.parse("PT" + value.asText().toUpperCase()));
        case "pods" ->
            value.properties().forEach(e -> world.limitPods(e.getKey(), e.getValue().asInt()));
        case "refused" -> world.refused(value.asText());
        case "emptied" -> world.emptied(value.asText());
        case "linger" -> world.podsLinger(value.asBoolean());
        case "timers" -> world.showTimers();
        case "router" -> world.routerAnswers(value.asText().equals("answers"));
        case "contended" -> world.routerFights(value.asBoolean());
        case "plugin" -> world.plugin(PluginScript.answer(value));
        case "experiment" -> world.experiment(value);
        case "late plugin" -> world.latePlugin(PluginScript.answer(value));
        case "gateway" -> world.gatewayIsThere(value.asText().equals("there"));
        case "disable plugins" -> {
          disabled = value.asBoolean();
          observe(world);
        }
        case "route carries" -> world.routeCarries(Fence.parse(value.asText()));
        case "verdict" ->
            world.verdict(
                AnalysisRole.valueOf(value.path("of").asText("step").toUpperCase()),
                AnalysisPhase.valueOf(value.get("phase").asText().toUpperCase()),
                value.path("message").asText(""));
        case "background" -> {
          background = value;
          observe(world);
        }
        case "command" -> world.give(new Signal.CommandReceived("c-" + ++commands, command(value)));
        case "writes" -> writes = value.asBoolean();
        case "push" -> world.give(new Signal.ImagePushReported(push(value)));
        default -> throw new IllegalArgumentException("no such step: " + verb);
      }
    }

    /** What the decisions ask of the specification, as the orchestrator's edge writes it. */
    void write(ObedientWorld world) {
      while (writes && !world.rollout().edits().pending().isEmpty()) {
        Edits.Requested requested = world.rollout().edits().pending().getFirst();
        assertThat(requested.generation()).isEqualTo(generation);
        change(requested.edit(), world.rollout().cluster());
        world.mark(requested.command());
        observe(world);
      }
    }

    private void change(Edit edit, Cluster cluster) {
      switch (edit) {
        case Edit.Pause(boolean wanted) -> paused = wanted;
        case Edit.Restart(Instant at) -> restartAt = at;
        case Edit.Template.Undo(int revision) -> {
          template = cluster.ofRevision(revision).orElseThrow().podHash();
          image = "registry.example/app:" + template;
        }
        case Edit.Template.SetImage(_, String wanted) -> {
          image = wanted;
          template = wanted.substring(wanted.lastIndexOf(':') + 1);
        }
      }
    }

    private void observe(ObedientWorld world) {
      generation++;
      world.give(new Signal.SpecificationObserved(specification()));
    }

    private void found(JsonNode value, ObedientWorld world) {
      Map<String, Integer> sizes = new LinkedHashMap<>();
      value.path("pods").properties().forEach(e -> sizes.put(e.getKey(), e.getValue().asInt()));
      Map<String, Instant> deadlines = new LinkedHashMap<>();
      value
          .path("deadlines")
          .properties()
          .forEach(e -> deadlines.put(e.getKey(), Instant.parse(e.getValue().asText())));
      List<String> runs = new ArrayList<>();
      value.path("runs").forEach(run -> runs.add(run.asText()));
      List<String> experiments = new ArrayList<>();
      value.path("experiments").forEach(each -> experiments.add(each.asText()));
      JsonNode aborted = value.path("aborted");
      int weight = value.path("weight").asInt(routed ? 0 : -1);
      world.found(
          sizes,
          value.path("canary").asText(""),
          value.path("stable").asText(""),
          weight,
          new Cluster.Shown(
              value.path("step").asInt(-1),
              value.path("stableHash").asText(),
              Math.max(0, weight),
              "",
              new Cluster.Inherited(
                  value.path("podHash").asText(),
                  value.path("stepsHash").asText(stepsHash),
                  aborted.isMissingNode() ? null : Instant.parse(aborted.path("at").asText()),
                  aborted.path("why").asText(""),
                  new Timing(Instant.parse("2025-12-31T23:00:00Z"), null, Duration.ZERO, null, ""),
                  value.has("paused"),
                  value.path("paused").asBoolean(),
                  true,
                  deadlines,
                  runs,
                  experiments)));
    }

    private static Command command(JsonNode value) {
      return switch (value.asText()) {
        case "abort" -> new Command.Abort();
        case "retry" -> new Command.Retry();
        case "promote" -> new Command.Promote();
        case "resume" -> new Command.Resume();
        case "promote full" -> new Command.PromoteFull();
        case "pause" -> new Command.Change(new Edit.Pause(true));
        case "unpause" -> new Command.Change(new Edit.Pause(false));
        case "restart" -> new Command.Change(new Edit.Restart(null));
        case "undo" -> new Command.Change(new Edit.Template.Undo(0));
        default -> withNumber(value.asText());
      };
    }

    private static Command withNumber(String text) {
      String last = text.substring(text.lastIndexOf(' ') + 1);
      return switch (text.substring(0, text.lastIndexOf(' '))) {
        case "skip to" -> new Command.SkipTo(Integer.parseInt(last));
        case "undo to" -> new Command.Change(new Edit.Template.Undo(Integer.parseInt(last)));
        case "terminate" -> new Command.TerminateRun(last);
        case "set image" ->
            new Command.Change(
                new Edit.Template.SetImage(
                    last.substring(0, last.indexOf('=')), last.substring(last.indexOf('=') + 1)));
        default -> throw new IllegalArgumentException("no such command: " + text);
      };
    }

    private static ImagePushed push(JsonNode value) {
      Instant pushedAt = Instant.parse(value.get("at").asText());
      return new ImagePushed(
          value.get("id").asText(),
          "registry",
          "registry.example/app",
          "release",
          value.get("digest").asText(),
          pushedAt,
          pushedAt,
          "ci");
    }

    private Specification specification() {
      boolean dynamic = base.path("dynamicStableScale").asBoolean(false);
      String abortDelay = base.path("abortScaleDownDelay").asText(dynamic ? "0s" : "30s");
      return new Specification(
          generation,
          replicas,
          template,
          stepsHash,
          "app=app",
          List.of(new Specification.Container("main", image)),
          steps(),
          background(),
          service("canaryService", "app-canary"),
          service("stableService", "app-stable"),
          splitting(dynamic),
          new Specification.Budget(
              base.path("maxSurge").asInt(1), base.path("maxUnavailable").asInt(0)),
          dynamic ? Duration.ZERO : Duration.ofSeconds(30),
          abortDelay.equals("never")
              ? new Specification.AbortDelay.Never()
              : new Specification.AbortDelay.After(Duration.parse("PT" + abortDelay.toUpperCase())),
          scaling(),
          10,
          base.path("rollbackWindow").asInt(0),
          Duration.ofSeconds(base.path("progressDeadlineSeconds").asInt(600)),
          base.path("progressDeadlineAbort").asBoolean(false),
          paused,
          restartAt,
          new Specification.PushRule("registry.example/app", "release"),
          workload());
    }

    private Specification.Workload workload() {
      return base.has("scaleDown")
          ? new Specification.Workload(
              "Deployment",
              "old",
              Specification.ScaleDown.valueOf(base.get("scaleDown").asText()),
              generation)
          : null;
    }

    private Scaling scaling() {
      JsonNode threshold = base.path("replicaProgressThreshold");
      return new Scaling(
          base.path("minPodsPerReplicaSet").asInt(0),
          threshold.has("pods")
              ? new Scaling.Threshold.Pods(threshold.get("pods").asInt())
              : new Scaling.Threshold.Percent(threshold.path("percent").asInt(100)),
          base.path("scaleDownDelayRevisionLimit").asInt(Integer.MAX_VALUE));
    }

    // Without a router there are Services only where the scenario names them.
    private String service(String name, String withRouter) {
      return base.path(name).asText(routed ? withRouter : "");
    }

    private Specification.Splitting splitting(boolean dynamic) {
      return routed
          ? new Specification.Splitting.ByRoute(
              new TrafficDesired.Router.Nginx(
                  List.of("app-ing"), "nginx.ingress.kubernetes.io", Map.of(), Map.of(), false),
              Specification.PERCENT,
              dynamic,
              List.of("testers", "shadow"),
              base.path("pingPong").asBoolean(false))
          : new Specification.Splitting.ByPods();
    }

    private List<Step> steps() {
      List<Step> steps = new ArrayList<>();
      for (JsonNode step : base.path("steps")) {
        String[] parts = step.asText().split(" with ");
        steps.add(
            parts.length == 1 ? step(parts[0]) : new Step.Scaled(scale(parts[1]), step(parts[0])));
      }
      return steps;
    }

    private Step step(String text) {
      String kind = text.split(" ")[0];
      String rest = text.substring(Math.min(text.length(), kind.length() + 1));
      return switch (kind) {
        case "setWeight" -> new Step.SetWeight(Integer.parseInt(rest));
        case "setCanaryScale" -> scale(rest);
        case "pause" ->
            rest.isEmpty()
                ? new Step.EndlessPause()
                : new Step.TimedPause(Duration.parse("PT" + rest.toUpperCase()), rest);
        case "plugin" -> PluginScript.step(rest, disabled);
        case "experiment" -> ExperimentScript.step(text);
        case "setHeaderRoute" -> RouteScript.header(rest);
        case "setMirrorRoute" -> RouteScript.mirror(rest);
        case "analysis" -> new Step.Analysis(plan(rest, 5));
        default -> throw new IllegalArgumentException("no such step: " + text);
      };
    }

    private static Step.SetCanaryScale scale(String how) {
      if (how.startsWith("replicas ")) {
        return new Step.SetCanaryScale.Replicas(Integer.parseInt(how.substring(9)));
      }
      return how.startsWith("weight ")
          ? new Step.SetCanaryScale.Weight(Integer.parseInt(how.substring(7)))
          : new Step.SetCanaryScale.MatchTrafficWeight();
    }

    // Without a count it has no end of its own.
    private Specification.Background background() {
      return background.isEmpty()
          ? null
          : new Specification.Background(
              background.path("startingStep").asInt(0),
              plan(background.path("metric").asText(), background.path("count").asInt(0)));
    }

    private static RunPlan plan(String metric, int count) {
      return new RunPlan(List.of(metric(withTokens(metric), count)), Map.of());
    }

    // Fields of status stand in braces.
    private static String withTokens(String text) {
      return Pattern.compile("\\{([^}]*)}")
          .matcher(text)
          .replaceAll(field -> Arguments.ofStatus(field.group(1)).orElseThrow());
    }

    private static MetricSpec metric(String name, int count) {
      return new MetricSpec(
          name,
          Duration.ofSeconds(30),
          Duration.ZERO,
          count,
          "result[0] < 0.01",
          null,
          2,
          0,
          4,
          0,
          false,
          null,
          NoData.INCONCLUSIVE,
          new Provider.Prometheus(
              "http://p", "q{" + Arguments.CANARY_HASH + "}", Duration.ofSeconds(30)));
    }
  }
}
