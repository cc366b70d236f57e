package dev.sluice.orchestrator;

import dev.sluice.events.PluginAnswer;
import dev.sluice.events.PluginCall;
import dev.sluice.events.PluginOperation;
import dev.sluice.events.PluginPhase;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.Topics;
import dev.sluice.orchestrator.Plugins.Call;
import dev.sluice.orchestrator.Plugins.Work;
import dev.sluice.orchestrator.Progress.Aborted;
import dev.sluice.orchestrator.Progress.Gone;
import dev.sluice.orchestrator.Progress.Installing;
import dev.sluice.orchestrator.Progress.Promoting;
import dev.sluice.orchestrator.Progress.Settled;
import dev.sluice.orchestrator.Progress.Settling;
import dev.sluice.orchestrator.Progress.Stepping;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When step plugins are called, and what their answers mean. One call at a time; only an answer to
 * it counts. Source: argo-rollouts, step plugins. See docs/decisions/0014.
 */
final class PluginCalls {

  /** After this long without an answer the call is published again. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration BACKOFF = Duration.ofSeconds(30);

  /** A plugin that wants to be called more often than this is called after the usual backoff. */
  private static final Duration SHORTEST = Duration.ofSeconds(10);

  /** So often it is tried to end what an update had begun: then it is left as it is. */
  private static final int MOST_TRIES = 10;

  private PluginCalls() {}

  /** Goes on with the plugin of the current step; says whether anything changed. */
  static boolean run(Turn turn, int step, Step.Plugin plugin) {
    if (plugin.disabled()) {
      turn.plugins = turn.plugins.withoutCall().with(Work.skipped(step, plugin));
      turn.log(new RolloutFact.StepPluginSkipped(step, plugin.name()));
      return Steps.complete(turn, step);
    }
    Work work = turn.plugins.find(step, PluginOperation.RUN);
    if (work != null && work.phase() == PluginPhase.SUCCESSFUL) {
      return Steps.complete(turn, step);
    }
    return goOn(turn, step, plugin, PluginOperation.RUN);
  }

  /** Ends what the update had begun, where it is aborted or promoted; says whether it did. */
  static boolean advance(Turn turn) {
    return ending(turn.progress)
        .flatMap(
            operation -> toEnd(turn.plugins, operation).map(work -> end(turn, work, operation)))
        .orElse(false);
  }

  private static boolean end(Turn turn, Work work, PluginOperation operation) {
    return goOn(turn, work.step(), work.plugin(), operation);
  }

  private static Optional<PluginOperation> ending(Progress progress) {
    return switch (progress) {
      case Aborted _ -> Optional.of(PluginOperation.ABORT);
      case Promoting(var reason) when reason == Progress.Reason.FULL_PROMOTION ->
          Optional.of(PluginOperation.TERMINATE);
      case Settling _, Settled _ -> Optional.of(PluginOperation.TERMINATE);
      case Promoting _, Stepping _, Installing _, Gone _ -> Optional.empty();
    };
  }

  // In reverse order: what was begun last is taken back first. Only the last one that still runs is
  // terminated.
  private static Optional<Work> toEnd(Plugins plugins, PluginOperation operation) {
    for (Work work : plugins.works().reversed()) {
      Work end = plugins.find(work.step(), operation);
      if (work.operation() == PluginOperation.RUN && isToEnd(plugins, work, operation)) {
        if (end == null || !end.isOver()) {
          return Optional.of(work);
        }
        if (operation == PluginOperation.TERMINATE) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isToEnd(Plugins plugins, Work run, PluginOperation operation) {
    boolean unfinished = !run.isOver();
    return operation == PluginOperation.TERMINATE
        ? unfinished && plugins.find(run.step(), PluginOperation.ABORT) == null
        : unfinished || (run.phase() == PluginPhase.SUCCESSFUL && !run.plugin().disabled());
  }

  private static boolean goOn(Turn turn, int step, Step.Plugin plugin, PluginOperation operation) {
    Work begun = turn.plugins.find(step, operation);
    Work work = begun == null ? Work.begun(step, plugin, operation, turn.now) : begun;
    if (turn.plugins.isCalling() || work.isOver() || turn.now.isBefore(work.due())) {
      return false;
    }
    Call call = new Call(turn.epoch, step, operation, work.executions() + 1, turn.now);
    turn.plugins = turn.plugins.with(work).calling(call);
    turn.log(new RolloutFact.StepPluginCalled(step, plugin.name(), operation, call.execution()));
    publish(turn);
    return true;
  }

  private static void publish(Turn turn) {
    Call call = turn.plugins.call();
    Work work = turn.plugins.find(call.step(), call.operation());
    turn.outgoing.add(
        new Decision.Outgoing.Publish(
            Topics.PLUGIN_CALLS,
            new PluginCall(
                turn.identity.uid(),
                turn.identity.namespace(),
                turn.identity.name(),
                call.epoch(),
                call.step(),
                call.operation(),
                call.execution(),
                work.plugin().name(),
                work.plugin().url(),
                work.plugin().config(),
                turn.plugins.find(call.step(), PluginOperation.RUN).status(),
                turn.revision.number(),
                turn.revision.podHash(),
                turn.stableHash,
                call.askedAt().plus(PATIENCE))));
  }

  /** Says a call once more that is not answered: it, or its answer, may have got lost. */
  static void publishAgain(Turn turn) {
    if (turn.plugins.isCalling() && !isHeld(turn.state())) {
      Call call = turn.plugins.call();
      turn.plugins =
          turn.plugins.calling(
              new Call(call.epoch(), call.step(), call.operation(), call.execution(), turn.now));
      publish(turn);
    }
  }

  static void answered(Turn turn, PluginAnswer answer) {
    Call call = turn.plugins.call();
    if (call == null || call.epoch() != turn.epoch || !call.isAnsweredBy(answer)) {
      return;
    }
    Work before = turn.plugins.find(call.step(), call.operation());
    Work after = after(before, answer, turn.now);
    turn.plugins = turn.plugins.withoutCall().with(after);
    turn.log(
        new RolloutFact.StepPluginAnswered(
            after.step(),
            after.plugin().name(),
            after.operation(),
            after.executions(),
            before.executions() == 0 ? null : before.phase(),
            after.phase(),
            after.message()));
    if (after.operation() == PluginOperation.RUN && after.phase() == PluginPhase.FAILED) {
      Steps.abort(
          turn,
          "Step Plugin %d (%s) failed: %s"
              .formatted(after.step() + 1, after.plugin().name(), after.message()));
    }
  }

  private static Work after(Work before, PluginAnswer answer, Instant now) {
    boolean ends = before.operation() != PluginOperation.RUN;
    boolean late = ends && answer.phase() == PluginPhase.RUNNING;
    PluginPhase phase = late ? PluginPhase.FAILED : answer.phase();
    int executions = before.executions() + 1;
    boolean over =
        switch (phase) {
          case SUCCESSFUL, FAILED -> true;
          case RUNNING -> false;
          case ERROR -> ends && executions >= MOST_TRIES;
        };
    return new Work(
        before.step(),
        before.plugin(),
        before.operation(),
        phase,
        late ? "it has to be done when it answers; it said: " + answer.message() : answer.message(),
        before.startedAt(),
        now,
        over ? now : null,
        over ? Duration.ZERO : backoff(answer),
        executions,
        // An error says nothing about what was reached before.
        phase == PluginPhase.ERROR ? before.status() : answer.status());
  }

  private static Duration backoff(PluginAnswer answer) {
    Duration asked = answer.requeueAfter();
    boolean own =
        answer.phase() == PluginPhase.RUNNING && asked != null && asked.compareTo(SHORTEST) > 0;
    return own ? asked : BACKOFF;
  }

  /** When a plugin is to be called next, or once more; empty if none is. */
  static Optional<Instant> due(Rollout rollout) {
    Plugins plugins = rollout.plugins();
    if (plugins.isCalling()) {
      return isHeld(rollout)
          ? Optional.empty()
          : Optional.of(plugins.call().askedAt().plus(PATIENCE));
    }
    if (rollout.progress() instanceof Stepping(int step)) {
      Work work = plugins.find(step, PluginOperation.RUN);
      boolean waits =
          work != null
              && !work.isOver()
              && rollout.specification().steps().get(step) instanceof Step.Plugin
              && !rollout.isHalted();
      return waits ? Optional.of(work.due()) : Optional.empty();
    }
    return ending(rollout.progress())
        .flatMap(
            operation -> toEnd(plugins, operation).map(run -> plugins.find(run.step(), operation)))
        .map(Work::due);
  }

  // A step goes on only while the update does; what takes it back goes on in any case.
  private static boolean isHeld(Rollout rollout) {
    return rollout.plugins().call().operation() == PluginOperation.RUN && rollout.isHalted();
  }
}
