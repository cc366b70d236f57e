package dev.sluice.system.simulator.invariant;

import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The true world; what is not true of it is said where it is made. */
class FalseWorld implements World {

  private final World truth;

  FalseWorld(World truth) {
    this.truth = truth;
  }

  @Override
  public Instant now() {
    return truth.now();
  }

  @Override
  public Optional<Rollout> rollout() {
    return truth.rollout();
  }

  @Override
  public Optional<String> uid() {
    return truth.uid();
  }

  @Override
  public boolean isSelectorForeign() {
    return truth.isSelectorForeign();
  }

  @Override
  public int weight() {
    return truth.weight();
  }

  @Override
  public Fence fence() {
    return truth.fence();
  }

  @Override
  public boolean isForeign() {
    return truth.isForeign();
  }

  @Override
  public String canarySelector() {
    return truth.canarySelector();
  }

  @Override
  public String stableSelector() {
    return truth.stableSelector();
  }

  @Override
  public OptionalInt size(String podHash) {
    return truth.size(podHash);
  }

  @Override
  public Duration troubledSince(Instant moment) {
    return truth.troubledSince(moment);
  }

  @Override
  public int goodAnswers(String run, String metric) {
    return truth.goodAnswers(run, metric);
  }

  @Override
  public boolean pluginSucceeded(String call) {
    return truth.pluginSucceeded(call);
  }

  @Override
  public boolean experimentSucceeded(String experiment) {
    return truth.experimentSucceeded(experiment);
  }

  @Override
  public List<String> liveExperiments() {
    return truth.liveExperiments();
  }
}
