package dev.sluice.devkit.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Something that a user wants of one object. */
public sealed interface Command {

  /** The kind of the object. */
  default Target target() {
    return Target.ROLLOUT;
  }

  /** What has to be sent. It depends on nothing else. */
  List<Patch> patches(Situation situation);

  /** What to say when all is sent. */
  String done(String name);

  /** Whose kind. */
  enum Target {
    ROLLOUT,
    ANALYSIS_RUN,
    EXPERIMENT
  }

  /**
   * What is there when a command is given.
   *
   * @param object that the command is about
   * @param replicaSets all of its namespace
   * @param workload that the Rollout refers to; missing where it refers to none
   */
  record Situation(JsonNode object, List<JsonNode> replicaSets, Instant now, JsonNode workload) {

    /** Without a reference. */
    public Situation(JsonNode object, List<JsonNode> replicaSets, Instant now) {
      this(object, replicaSets, now, MissingNode.getInstance());
    }
  }

  /** The ways of {@link Promote}. */
  enum Reach {
    NEXT,
    SKIP_STEP,
    SKIP_ALL_STEPS,
    FULL
  }

  /** Lets an update go on. */
  record Promote(Reach reach) implements Command {
    @Override
    public List<Patch> patches(Situation situation) {
      JsonNode rollout = situation.object();
      return switch (reach) {
        case NEXT -> Promotion.promote(rollout);
        case SKIP_STEP -> Promotion.skipStep(rollout);
        case SKIP_ALL_STEPS -> Promotion.skipAllSteps(rollout);
        case FULL -> Promotion.full(rollout);
      };
    }

    @Override
    public String done(String name) {
      return "rollout '" + name + (reach == Reach.FULL ? "' fully promoted" : "' promoted");
    }
  }

  /** Takes the update back. */
  record Abort() implements Command {
    @Override
    public List<Patch> patches(Situation situation) {
      return List.of(Patch.status("\"abort\":true"));
    }

    @Override
    public String done(String name) {
      return "rollout '" + name + "' aborted";
    }
  }

  /** Starts an aborted update again, or an experiment that has ended. */
  record Retry(Target target) implements Command {
    @Override
    public List<Patch> patches(Situation situation) {
      return List.of(
          target == Target.ROLLOUT
              ? Patch.status("\"abort\":false")
              : new Patch(Patch.Form.MERGE, "{\"status\":null}"));
    }

    @Override
    public String done(String name) {
      return (target == Target.ROLLOUT ? "rollout '" : "experiment '") + name + "' retried";
    }
  }

  /** Halts everything until somebody promotes. */
  record Pause() implements Command {
    @Override
    public List<Patch> patches(Situation situation) {
      return List.of(Patch.spec("\"paused\":true"));
    }

    @Override
    public String done(String name) {
      return "rollout '" + name + "' paused";
    }
  }

  /** Renews the pods that are older than now. */
  record Restart() implements Command {
    @Override
    public List<Patch> patches(Situation situation) {
      Instant moment = situation.now().truncatedTo(ChronoUnit.SECONDS);
      return List.of(Patch.spec("\"restartAt\":\"" + moment + "\""));
    }

    @Override
    public String done(String name) {
      return "rollout '" + name + "' restarts in 0s";
    }
  }

  /**
   * Brings an earlier revision back.
   *
   * @param revision 0 for the one before the newest
   */
  record Undo(int revision) implements Command {
    @Override
    public List<Patch> patches(Situation situation) {
      return TemplateChange.undo(situation, revision);
    }

    @Override
    public String done(String name) {
      return "rollout '" + name + "' undo";
    }
  }

  /** Starts an update to another image. */
  record SetImage(String container, String image) implements Command {
    @Override
    public List<Patch> patches(Situation situation) {
      return TemplateChange.setImage(situation, container, image);
    }

    @Override
    public String done(String name) {
      return "rollout \"" + name + "\" image updated";
    }
  }

  /** Ends an analysis run or an experiment. */
  record Terminate(Target target) implements Command {
    @Override
    public List<Patch> patches(Situation situation) {
      return List.of(Patch.spec("\"terminate\":true"));
    }

    @Override
    public String done(String name) {
      return (target == Target.EXPERIMENT ? "experiment '" : "analysisRun '")
          + name
          + "' terminated";
    }
  }
}
