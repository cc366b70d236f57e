package dev.sluice.system.simulator;

import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.Message;
import dev.sluice.events.RolloutCommand;
import dev.sluice.events.RolloutCommand.Argument;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.VerdictReached;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Edit;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Signal;
import java.util.List;

/** Makes signals of messages. The offset moves on when the input is committed. */
final class KafkaInputs implements SimulatedGroup.Member {

  static final List<String> TOPICS =
      List.of(
          Topics.TRAFFIC_APPLIED,
          Topics.ANALYSIS_PROGRESS,
          Topics.ANALYSIS_VERDICTS,
          Topics.ROLLOUT_COMMANDS,
          Topics.REGISTRY_PUSHES);

  private final SimulatedOrchestrator orchestrator;
  private final SimulatedStore store;

  KafkaInputs(SimulatedOrchestrator orchestrator, SimulatedStore store) {
    this.orchestrator = orchestrator;
    this.store = store;
  }

  @Override
  public Process process() {
    return orchestrator.process();
  }

  @Override
  public void take(int partition, SimulatedKafka.Record record, Runnable done) {
    Input input = input(record);
    orchestrator.take(() -> store.take(input, record.message()), done);
  }

  private Input input(SimulatedKafka.Record record) {
    return ClusterDesk.input(uid(record.message()), record.topic(), id(record), signal(record));
  }

  // An image is pushed for whoever asks for it.
  private String uid(Message message) {
    return switch (message) {
      case AnalysisProgress m -> m.uid();
      case VerdictReached m -> m.uid();
      case ImagePushed _ -> store.committed().map(c -> c.rollout().identity().uid()).orElse("");
      default -> message.key();
    };
  }

  // Natural keys where there are any.
  private static String id(SimulatedKafka.Record record) {
    return record.message() instanceof VerdictReached verdict
        ? verdict.run() + "@" + verdict.epoch()
        : record.id();
  }

  private static Signal signal(SimulatedKafka.Record record) {
    Message message = record.message();
    return switch (message) {
      case TrafficApplied m -> new Signal.RouteReported(m.fence(), m.outcome());
      case AnalysisProgress m -> new Signal.RunReported(m.run(), m.epoch(), m.phase());
      case VerdictReached m ->
          new Signal.VerdictReported(m.run(), m.epoch(), m.phase(), m.message());
      case RolloutCommand m -> new Signal.CommandReceived(m.id(), command(m));
      case ImagePushed m -> new Signal.ImagePushReported(m);
      default -> throw new IllegalArgumentException("nobody reads " + record);
    };
  }

  private static Command command(RolloutCommand message) {
    return switch (message.action()) {
      case ABORT -> new Command.Abort();
      case RETRY -> new Command.Retry();
      case PROMOTE -> new Command.Promote();
      case PROMOTE_FULL -> new Command.PromoteFull();
      case PAUSE -> new Command.Change(new Edit.Pause(true));
      case RESUME -> new Command.Change(new Edit.Pause(false));
      case UNDO ->
          new Command.Change(
              new Edit.Template.Undo(
                  message.argument() instanceof Argument.Revision(int number) ? number : 0));
      case RESTART ->
          new Command.Change(
              new Edit.Restart(
                  message.argument() instanceof Argument.Moment(var time) ? time : null));
      case SET_IMAGE -> setImage((Argument.Image) message.argument());
      case TERMINATE -> new Command.TerminateRun(((Argument.Run) message.argument()).name());
    };
  }

  private static Command setImage(Argument.Image image) {
    return new Command.Change(new Edit.Template.SetImage(image.container(), image.image()));
  }
}
