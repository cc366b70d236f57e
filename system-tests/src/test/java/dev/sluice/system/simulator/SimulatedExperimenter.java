package dev.sluice.system.simulator;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.system.simulator.ClusterObject.ExperimentObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The controller of Experiments, and strangers who end or delete them. How it is for an Experiment
 * is drawn when that comes: some end at once, some late, some are never taken up or left half-way
 * as long as things go wrong.
 */
final class SimulatedExperimenter {

  private enum Mood {
    PROMPT,
    SLOW,
    BLIND,
    FORGETFUL
  }

  private static final List<Mood> MOODS =
      List.of(
          Mood.PROMPT, Mood.PROMPT, Mood.PROMPT, Mood.SLOW, Mood.SLOW, Mood.BLIND, Mood.FORGETFUL);

  private static final List<AnalysisPhase> ENDS =
      List.of(
          AnalysisPhase.SUCCESSFUL,
          AnalysisPhase.SUCCESSFUL,
          AnalysisPhase.SUCCESSFUL,
          AnalysisPhase.INCONCLUSIVE,
          AnalysisPhase.FAILED,
          AnalysisPhase.ERROR);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final Ground ground;
  private final SimulatedCluster cluster;
  private final RandomGenerator own;
  private final Map<String, Mood> moods = new HashMap<>();
  private final Map<String, Set<AnalysisPhase>> reached = new HashMap<>();

  SimulatedExperimenter(Ground ground, SimulatedCluster cluster) {
    this.ground = ground;
    this.cluster = cluster;
    own = ground.chaos().own("experiments");
    cluster.watch(this::seen);
  }

  private void seen(Stored stored) {
    boolean isNew =
        stored.object() instanceof ExperimentObject && !moods.containsKey(stored.name());
    if (isNew) {
      ground.chaos().apart(own, () -> meet(stored.name()));
    }
  }

  private void meet(String name) {
    moods.put(name, ground.chaos().oneOf(MOODS));
    later(name, AnalysisPhase.PENDING, 1);
    if (!ground.chaos().isCalm()) {
      switch (ground.chaos().below(12)) {
        case 0 -> strangely(name, () -> change(name, ExperimentObject::marked));
        case 1 -> strangely(name, () -> cluster.delete(name));
        // Whoever looks late sees both at once.
        case 2 ->
            strangely(
                name, () -> change(name, there -> there.marked().at(AnalysisPhase.SUCCESSFUL)));
        default -> {}
      }
    }
  }

  private void strangely(String name, Runnable work) {
    ground
        .schedule()
        .after(
            Duration.ofSeconds(ground.chaos().between(1, 30)),
            () -> {
              if (!cluster.isAway() && cluster.find(name).isPresent()) {
                ground.trace().line("stranger", () -> "puts hands on " + name);
                work.run();
              }
            });
  }

  private void later(String name, AnalysisPhase next, int seconds) {
    boolean slow = moods.get(name) == Mood.SLOW && !ground.chaos().isCalm();
    Duration delay = ground.chaos().millis(50, 1_000 * seconds * (slow ? 30 : 1));
    ground
        .schedule()
        .after(delay, () -> ground.chaos().apart(own, () -> advance(name, next, delay)));
  }

  private void advance(String name, AnalysisPhase next, Duration delay) {
    if (cluster.find(name).isEmpty()) {
      return;
    }
    if (cluster.isAway() || isStuck(name, next)) {
      ground
          .schedule()
          .after(LOOK_AGAIN, () -> ground.chaos().apart(own, () -> advance(name, next, delay)));
      return;
    }
    ExperimentObject there = (ExperimentObject) cluster.find(name).orElseThrow().object();
    // What is to end does so as if all had gone well.
    AnalysisPhase phase =
        there.terminated() && next.isCompleted() ? AnalysisPhase.SUCCESSFUL : next;
    if (!there.terminated()) {
      reached.computeIfAbsent(name + "@" + there.fence(), _ -> new HashSet<>()).add(phase);
    }
    ground.trace().line("experimenter", () -> name + " is " + phase);
    change(name, object -> object.at(phase));
    switch (phase) {
      case PENDING -> later(name, AnalysisPhase.RUNNING, 5);
      case RUNNING -> later(name, ground.chaos().oneOf(ENDS), 20);
      case SUCCESSFUL, INCONCLUSIVE, FAILED, ERROR -> {}
    }
  }

  private boolean isStuck(String name, AnalysisPhase next) {
    boolean stuck =
        switch (moods.get(name)) {
          case PROMPT, SLOW -> false;
          case BLIND -> true;
          case FORGETFUL -> next.isCompleted();
        };
    return stuck && !ground.chaos().isCalm();
  }

  private void change(String name, UnaryOperator<ExperimentObject> change) {
    cluster
        .find(name)
        .ifPresent(stored -> cluster.put(name, change.apply((ExperimentObject) stored.object())));
  }

  /** Whether it ended so without having been told to. */
  boolean succeeded(String experiment) {
    return reached.entrySet().stream()
        .filter(each -> each.getKey().startsWith(SimulatedCluster.experimentName(experiment) + "@"))
        .anyMatch(each -> each.getValue().contains(AnalysisPhase.SUCCESSFUL));
  }
}
