package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.MetricSpec;
import java.time.Instant;
import java.util.List;

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
 * @param metrics with everything filled in
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
    List<MetricSpec> metrics,
    AnalysisPhase phase,
    String message,
    boolean terminated) {

  /** Copies the list. */
  public Run {
    metrics = List.copyOf(metrics);
  }

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
        metrics,
        newPhase,
        newMessage,
        terminated);
  }

  Run terminate() {
    return new Run(
        id, name, role, step, revision, podHash, epoch, seq, startAt, askedAt, metrics, phase,
        message, true);
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
        metrics,
        phase,
        message,
        terminated);
  }

  /** Whether somebody means this run: by its id, or by the name of its object. */
  boolean isCalled(String text) {
    return id.equals(text) || name.equals(text);
  }

  boolean isCompleted() {
    return phase != null && phase.isCompleted();
  }
}
