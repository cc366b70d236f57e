package dev.sluice.orchestrator.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.PluginAnswer;
import dev.sluice.events.RolloutCommand;
import dev.sluice.events.RolloutCommand.Argument;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.VerdictReached;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Edit;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Signal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a message means to the core, and under which id it is handled once. The ids say what the
 * message is about, not how it came: whoever sends the same thing again sends the same input.
 */
final class Interpretation {

  private static final int HASH_LENGTH = 16;

  private Interpretation() {}

  static Input of(TrafficApplied applied) {
    return new Input(
        of(applied.uid()),
        Topics.TRAFFIC_APPLIED,
        applied.fence() + ":" + applied.outcome().getClass().getSimpleName() + ":" + hash(applied),
        "traffic-router",
        new Signal.RouteReported(applied.fence(), applied.outcome()));
  }

  static Input of(VerdictReached verdict) {
    return new Input(
        of(verdict.uid()),
        Topics.ANALYSIS_VERDICTS,
        verdict.run() + "@" + verdict.epoch(),
        "analysis-worker",
        new Signal.VerdictReported(
            verdict.run(), verdict.epoch(), verdict.phase(), verdict.message()));
  }

  /**
   * That a run has got under way, as a level: every tick says it again. Empty where it has not; the
   * end of a run is the verdict's to tell.
   */
  static Optional<Input> of(AnalysisProgress progress) {
    return progress.phase() != AnalysisPhase.RUNNING
        ? Optional.empty()
        : Optional.of(
            new Input(
                of(progress.uid()),
                Topics.ANALYSIS_PROGRESS + ":" + progress.run(),
                null,
                "analysis-worker",
                new Signal.RunReported(progress.run(), progress.epoch(), progress.phase())));
  }

  static Input of(PluginAnswer answer) {
    return new Input(
        of(answer.uid()),
        Topics.PLUGIN_ANSWERS,
        answer.callId(),
        "metrics-gateway",
        new Signal.PluginAnswered(answer));
  }

  static Input of(RolloutCommand command) {
    return new Input(
        of(command.uid()),
        Topics.ROLLOUT_COMMANDS,
        command.id(),
        command.actor(),
        new Signal.CommandReceived(
            command.id(),
            switch (command.action()) {
              case ABORT -> new Command.Abort();
              case RETRY -> new Command.Retry();
              case PROMOTE -> new Command.Promote();
              case PROMOTE_FULL -> new Command.PromoteFull();
              case PAUSE -> new Command.Change(new Edit.Pause(true));
              case RESUME -> new Command.Change(new Edit.Pause(false));
              case UNDO, RESTART, SET_IMAGE, TERMINATE -> withArgument(command);
            }));
  }

  // That action and argument fit together was checked when the message was read.
  private static Command withArgument(RolloutCommand command) {
    return switch (command.argument()) {
      case Argument.Revision(int number) -> new Command.Change(new Edit.Template.Undo(number));
      case Argument.Moment(Instant time) -> new Command.Change(new Edit.Restart(time));
      case Argument.Image(String container, String image) ->
          new Command.Change(new Edit.Template.SetImage(container, image));
      case Argument.Run(String name) -> new Command.TerminateRun(name);
      case null ->
          new Command.Change(
              command.action() == RolloutCommand.Action.UNDO
                  ? new Edit.Template.Undo(0)
                  : new Edit.Restart(null));
    };
  }

  static Input of(ImagePushed push, Identity taker) {
    return new Input(
        taker,
        Topics.REGISTRY_PUSHES,
        push.id(),
        push.actor().isEmpty() ? push.source() : push.actor(),
        new Signal.ImagePushReported(push));
  }

  // Only the uid: what the topics say of a Rollout that the store does not have is ignored.
  private static Identity of(String uid) {
    return new Identity(uid, "", "");
  }

  private static String hash(TrafficApplied applied) {
    try {
      byte[] json = MessageCodec.mapper().writeValueAsString(applied).getBytes(UTF_8);
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(json))
          .substring(0, HASH_LENGTH);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
