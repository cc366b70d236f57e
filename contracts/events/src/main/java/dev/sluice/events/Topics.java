package dev.sluice.events;

import java.time.Duration;
import java.util.List;

/** Every topic, with its key, its keeping, and who may write it. */
public final class Topics {

  public static final String ROLLOUT_EVENTS = "rollout.events";
  public static final String ROLLOUT_STATE = "rollout.state";
  public static final String ROLLOUT_COMMANDS = "rollout.commands";
  public static final String REGISTRY_PUSHES = "registry.pushes";
  public static final String TRAFFIC_DESIRED = "traffic.desired";
  public static final String TRAFFIC_APPLIED = "traffic.applied";
  public static final String ANALYSIS_DESIRED = "analysis.desired";
  public static final String ANALYSIS_PROGRESS = "analysis.progress";
  public static final String ANALYSIS_MEASUREMENTS = "analysis.measurements";
  public static final String ANALYSIS_VERDICTS = "analysis.verdicts";

  public static final String PLUGIN_CALLS = "plugin.calls";
  public static final String PLUGIN_ANSWERS = "plugin.answers";

  /** Appended to a topic's name: what a consumer could not read or decide. */
  public static final String DEAD_LETTER_SUFFIX = ".dlq";

  /**
   * One topic.
   *
   * @param name on the broker
   * @param message what travels on it
   * @param key what the records are keyed by
   * @param keeping how long records are kept
   * @param writer the only one who writes it
   * @param readers who reads it
   */
  public record Topic(
      String name,
      Class<? extends Message> message,
      String key,
      Keeping keeping,
      String writer,
      List<String> readers) {}

  /** How long records are kept. */
  public sealed interface Keeping {
    /** Until this old. */
    record Retained(Duration time) implements Keeping {}

    /** For ever. */
    record Forever() implements Keeping {}

    /** The last record of each key. */
    record Compacted() implements Keeping {}
  }

  /** All topics, without the dead-letter ones. */
  public static final List<Topic> ALL =
      List.of(
          new Topic(
              ROLLOUT_EVENTS,
              RolloutEvent.class,
              "rollout uid",
              new Keeping.Forever(),
              "rollout-orchestrator",
              List.of("audit tools", "dashboard", "notifier")),
          new Topic(
              ROLLOUT_STATE,
              RolloutSnapshot.class,
              "rollout uid",
              new Keeping.Compacted(),
              "rollout-orchestrator",
              List.of("dashboard", "audit tools")),
          new Topic(
              ROLLOUT_COMMANDS,
              RolloutCommand.class,
              "rollout uid",
              new Keeping.Retained(Duration.ofDays(30)),
              "API, CLI",
              List.of("rollout-orchestrator")),
          new Topic(
              REGISTRY_PUSHES,
              ImagePushed.class,
              "image repository",
              new Keeping.Retained(Duration.ofDays(7)),
              "webhook intake",
              List.of("rollout-orchestrator")),
          new Topic(
              TRAFFIC_DESIRED,
              TrafficDesired.class,
              "rollout uid",
              new Keeping.Compacted(),
              "rollout-orchestrator",
              List.of("traffic-router")),
          new Topic(
              TRAFFIC_APPLIED,
              TrafficApplied.class,
              "rollout uid",
              new Keeping.Retained(Duration.ofDays(7)),
              "traffic-router",
              List.of("rollout-orchestrator", "audit tools")),
          new Topic(
              ANALYSIS_DESIRED,
              AnalysisDesired.class,
              "run id",
              new Keeping.Compacted(),
              "rollout-orchestrator",
              List.of("analysis-worker")),
          new Topic(
              ANALYSIS_PROGRESS,
              AnalysisProgress.class,
              "run id",
              new Keeping.Compacted(),
              "analysis-worker",
              List.of("analysis-worker", "rollout-orchestrator")),
          new Topic(
              ANALYSIS_MEASUREMENTS,
              MeasurementTaken.class,
              "run id",
              new Keeping.Retained(Duration.ofDays(90)),
              "analysis-worker",
              List.of("audit tools", "replay")),
          new Topic(
              ANALYSIS_VERDICTS,
              VerdictReached.class,
              "run id",
              new Keeping.Retained(Duration.ofDays(90)),
              "analysis-worker",
              List.of("rollout-orchestrator", "audit tools")),
          new Topic(
              PLUGIN_CALLS,
              PluginCall.class,
              "rollout uid",
              new Keeping.Retained(Duration.ofDays(7)),
              "rollout-orchestrator",
              List.of("metrics-gateway", "audit tools")),
          new Topic(
              PLUGIN_ANSWERS,
              PluginAnswer.class,
              "rollout uid",
              new Keeping.Retained(Duration.ofDays(7)),
              "metrics-gateway",
              List.of("rollout-orchestrator", "audit tools")));

  private Topics() {}

  /** The dead-letter topic beside a topic; same keys, kept for 30 days. */
  public static String deadLetter(String topic) {
    return topic + DEAD_LETTER_SUFFIX;
  }
}
