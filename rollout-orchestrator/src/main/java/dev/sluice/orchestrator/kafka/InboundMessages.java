package dev.sluice.orchestrator.kafka;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.Message;
import dev.sluice.events.RolloutCommand;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.VerdictReached;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Signal;
import java.util.List;
import java.util.Optional;

/** What a message means to a Rollout, and by which natural key it is handled once. */
final class InboundMessages {

  /** What the orchestrator reads. */
  static final List<String> TOPICS =
      List.of(
          Topics.TRAFFIC_APPLIED,
          Topics.ANALYSIS_VERDICTS,
          Topics.ANALYSIS_PROGRESS,
          Topics.ROLLOUT_COMMANDS,
          Topics.REGISTRY_PUSHES);

  private InboundMessages() {}

  /** The input that a message is; empty where it is for nobody's decision. */
  static Optional<Input> input(Message message) {
    return switch (message) {
      case TrafficApplied applied -> Optional.of(applied(applied));
      case VerdictReached verdict -> Optional.of(verdict(verdict));
      case AnalysisProgress progress -> progress(progress);
      case RolloutCommand command -> Optional.of(command(command));
      default -> Optional.empty();
    };
  }

  /** The input that a push is for one of the Rollouts that take it. */
  static Input push(ImagePushed pushed, Identity taker) {
    return new Input(
        taker,
        Topics.REGISTRY_PUSHES,
        pushed.id(),
        pushed.actor(),
        new Signal.ImagePushReported(pushed));
  }

  private static Input applied(TrafficApplied applied) {
    // The same answer is given again after each repeated wish and each foreign change that was put
    // back.
    String id =
        applied.fence()
            + switch (applied.outcome()) {
              case TrafficApplied.Outcome.Applied _ -> ":applied";
              case TrafficApplied.Outcome.Superseded(var found) -> ":superseded:" + found;
              case TrafficApplied.Outcome.Failed(String message, var since) ->
                  ":failed:" + since + ":" + message;
            };
    return new Input(
        new Identity(applied.uid(), applied.namespace(), applied.name()),
        Topics.TRAFFIC_APPLIED,
        id,
        "traffic-router",
        new Signal.RouteReported(applied.fence(), applied.outcome()));
  }

  private static Input verdict(VerdictReached verdict) {
    return new Input(
        new Identity(verdict.uid(), verdict.namespace(), verdict.rollout()),
        Topics.ANALYSIS_VERDICTS,
        verdict.run() + "@" + verdict.epoch(),
        "analysis-worker",
        new Signal.VerdictReported(
            verdict.run(), verdict.epoch(), verdict.phase(), verdict.message()));
  }

  // A level: only the first of a run changes anything. Its end is the verdict's to tell.
  private static Optional<Input> progress(AnalysisProgress progress) {
    if (progress.phase() != AnalysisPhase.RUNNING) {
      return Optional.empty();
    }
    return Optional.of(
        new Input(
            new Identity(progress.uid(), progress.namespace(), ""),
            Topics.ANALYSIS_PROGRESS,
            null,
            "analysis-worker",
            new Signal.RunReported(progress.run(), progress.epoch(), progress.phase())));
  }

  private static Input command(RolloutCommand command) {
    return new Input(
        new Identity(command.uid(), "", ""),
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
            }));
  }
}
