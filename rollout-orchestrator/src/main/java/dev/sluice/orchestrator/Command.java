package dev.sluice.orchestrator;

/** What somebody asks of a Rollout, whichever way it came. */
public sealed interface Command {

  /** Take the canary back. */
  record Abort() implements Command {}

  /** Start the aborted update again. */
  record Retry() implements Command {}

  /** End the current pause; or, where nothing is paused, skip the current step. */
  record Promote() implements Command {}

  /** End the current pause. */
  record Resume() implements Command {}

  /**
   * Go on with this step.
   *
   * @param step an index behind the current one
   */
  record SkipTo(int step) implements Command {}

  /** Skip all steps, pauses and analysis. */
  record PromoteFull() implements Command {}

  /**
   * End a run, or an experiment, by hand. Its gate does not pass by that.
   *
   * @param run the run's id, or the name of its object or of the Experiment
   */
  record TerminateRun(String run) implements Command {}

  /**
   * Change the specification.
   *
   * @param edit how
   */
  record Change(Edit edit) implements Command {}

  /** As the log names it. */
  default String text() {
    return switch (this) {
      case Abort() -> "abort";
      case Retry() -> "retry";
      case Promote() -> "promote";
      case Resume() -> "resume";
      case SkipTo(int step) -> "skip to step " + step;
      case PromoteFull() -> "promote full";
      case TerminateRun(String run) -> "terminate " + run;
      case Change(Edit edit) -> edit.text();
    };
  }
}
