package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisRole;
import java.time.Instant;

/**
 * An analysis run that a decision waits for, or has set aside.
 *
 * @param id {@code <uid>/<name>}
 * @param name of the AnalysisRun object
 * @param role why it measures
 * @param step the index of its step, or -1
 * @param revision that it judges
 * @param podHash that it judges
 * @param epoch of the decision that started it
 * @param seq of the decision that started it
 * @param startAt whole seconds
 * @param askedAt when it was last published
 * @param plan with everything filled in
 * @param phase null before the worker has answered
 * @param message of the verdict
 * @param terminated whether it is to stop before its verdict
 */
public record Run(
    String id,
    String name,
    AnalysisRole role,
    int step,
    int revision,
    String podHash,
    long epoch,
    long seq,
    Instant startAt,
    Instant askedAt,
    RunPlan plan,
    AnalysisPhase phase,
    String message,
    boolean terminated) {

  Run at(AnalysisPhase newPhase, String newMessage) {
    return new Run(
        id,
        name,
        role,
        step,
        revision,
        podHash,
        epoch,
        seq,
        startAt,
        askedAt,
        plan,
        newPhase,
        newMessage,
        terminated);
  }

  Run terminate(Instant now) {
    return new Run(
        id, name, role, step, revision, podHash, epoch, seq, startAt, now, plan, phase, message,
        true);
  }

  Run askedAgain(Instant now) {
    return new Run(
        id,
        name,
        role,
        step,
        revision,
        podHash,
        epoch,
        seq,
        startAt,
        now,
        plan,
        phase,
        message,
        terminated);
  }

  /** Whether somebody means this run: by its id, or by the name of its object. */
  boolean isCalled(String text) {
    return id.equals(text) || name.equals(text);
  }

  /** Whether its verdict is there. */
  public boolean isCompleted() {
    return phase != null && phase.isCompleted();
  }

  /** Whether it measures, and is to go on. */
  public boolean isLive() {
    return !isCompleted() && !terminated;
  }

  /** Whether it measures until it is ended, so that no verdict is overdue. */
  public boolean isEndless() {
    return plan.metrics().stream().anyMatch(metric -> metric.count() == 0);
  }

  /** Whether it has proved something: what somebody ended by hand has not. */
  boolean hasPassed() {
    return phase == AnalysisPhase.SUCCESSFUL && !terminated;
  }
}
