package dev.sluice.orchestrator;

import dev.sluice.events.PluginAnswer;
import dev.sluice.events.PluginOperation;
import dev.sluice.events.PluginPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What step plugins have done in this update, and which one is being called.
 *
 * @param works in the order in which they were begun
 * @param call the one whose answer is waited for; null if there is none
 */
public record Plugins(List<Work> works, Call call) {

  /** No plugin was ever called. */
  public static final Plugins NONE = new Plugins(List.of(), null);

  /**
   * One operation of the plugin of one step.
   *
   * @param step its index
   * @param plugin as the step had it when the work began
   * @param operation what it is asked to do
   * @param phase as it was last answered; running before
   * @param message for people
   * @param startedAt when it was first called
   * @param updatedAt when it last answered; null before
   * @param finishedAt when it was done or could not be; null before
   * @param backoff how long to wait for the next call after the last answer
   * @param executions answers so far
   * @param status JSON, the plugin's own; null if it has none
   */
  public record Work(
      int step,
      Step.Plugin plugin,
      PluginOperation operation,
      PluginPhase phase,
      String message,
      Instant startedAt,
      Instant updatedAt,
      Instant finishedAt,
      Duration backoff,
      int executions,
      String status) {

    static Work begun(int step, Step.Plugin plugin, PluginOperation operation, Instant now) {
      return new Work(
          step,
          plugin,
          operation,
          PluginPhase.RUNNING,
          "",
          now,
          null,
          null,
          Duration.ZERO,
          0,
          null);
    }

    static Work skipped(int step, Step.Plugin plugin) {
      return new Work(
          step,
          plugin,
          PluginOperation.RUN,
          PluginPhase.SUCCESSFUL,
          "",
          null,
          null,
          null,
          Duration.ZERO,
          0,
          null);
    }

    boolean isOf(int otherStep, PluginOperation otherOperation) {
      return step == otherStep && operation == otherOperation;
    }

    boolean isOver() {
      return finishedAt != null || plugin.disabled();
    }

    /** When it is to be called again; at once where it never answered. */
    Instant due() {
      return updatedAt == null ? startedAt : updatedAt.plus(backoff);
    }
  }

  /**
   * A call that is not answered yet.
   *
   * @param epoch of the decision
   * @param step index of the plugin's step
   * @param operation what it is asked to do
   * @param execution the number of the call, from 1
   * @param askedAt when it was last published
   */
  public record Call(
      long epoch, int step, PluginOperation operation, int execution, Instant askedAt) {

    boolean isAnsweredBy(PluginAnswer answer) {
      return answer.epoch() == epoch
          && answer.step() == step
          && answer.operation() == operation
          && answer.execution() == execution;
    }
  }

  /** Copies the list. What an older program stored knows of no plugins. */
  public Plugins {
    works = works == null ? List.of() : List.copyOf(works);
  }

  /** Whether an answer is waited for. */
  public boolean isCalling() {
    return call != null;
  }

  /** What is done for this operation of this step; null before. */
  Work find(int step, PluginOperation operation) {
    return works.stream().filter(work -> work.isOf(step, operation)).findFirst().orElse(null);
  }

  /** Replaces the work of the same step and operation, or adds it. */
  Plugins with(Work changed) {
    List<Work> next = new ArrayList<>();
    boolean replaced = false;
    for (Work work : works) {
      boolean same = work.isOf(changed.step(), changed.operation());
      next.add(same ? changed : work);
      replaced |= same;
    }
    if (!replaced) {
      next.add(changed);
    }
    return new Plugins(next, call);
  }

  Plugins calling(Call next) {
    return new Plugins(works, next);
  }

  /** Nobody waits for an answer any more. */
  Plugins withoutCall() {
    return call == null ? this : new Plugins(works, null);
  }
}
