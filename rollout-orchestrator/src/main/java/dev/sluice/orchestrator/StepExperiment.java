package dev.sluice.orchestrator;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.Fence;

/**
 * The experiment that the current step waits for. It is run by the controller of Experiments; here
 * only its object is made, and what it comes to is seen.
 *
 * @param name of the Experiment object
 * @param step the index of its step
 * @param revision that it tries
 * @param podHash that it tries
 * @param fence of the decision that started it: its object carries it, and no other object counts
 * @param plan with everything filled in
 * @param phase null before anybody has taken it up
 * @param message why, as its controller says it
 */
public record StepExperiment(
    String name,
    int step,
    int revision,
    String podHash,
    Fence fence,
    ExperimentPlan plan,
    AnalysisPhase phase,
    String message) {

  StepExperiment at(AnalysisPhase newPhase, String newMessage) {
    return new StepExperiment(name, step, revision, podHash, fence, plan, newPhase, newMessage);
  }

  /** Whether it has come to an end. */
  public boolean isCompleted() {
    return phase != null && phase.isCompleted();
  }

  /** Whether it goes on, or is to begin. */
  public boolean isLive() {
    return !isCompleted();
  }

  /** Whether it has proved something. */
  boolean hasPassed() {
    return phase == AnalysisPhase.SUCCESSFUL;
  }
}
