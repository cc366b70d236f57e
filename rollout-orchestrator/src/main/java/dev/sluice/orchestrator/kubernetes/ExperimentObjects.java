package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.Experiment;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.Fence;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.StepExperiment;
import dev.sluice.orchestrator.kubernetes.event.RunTexts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Experiments that Rollouts own. Of one name only that counts which carries the fence of the
 * decision that is waited for: another one proves something else.
 */
final class ExperimentObjects {

  private final ClusterObjects objects;
  private final Writes writes;

  /** The name of the newest that was there, by the uid of its Rollout. */
  private final Map<String, String> made = new ConcurrentHashMap<>();

  ExperimentObjects(ClusterObjects objects, Writes writes) {
    this.objects = objects;
    this.writes = writes;
  }

  /** All that a Rollout owns. */
  List<Experiment> of(String uid) {
    return objects.experiments.byIndex(ClusterObjects.BY_OWNER, uid);
  }

  /** The object of an experiment. */
  Optional<Experiment> find(Rollout state, StepExperiment experiment) {
    Optional<Experiment> found =
        objects
            .experiments
            .find(new RolloutKey(state.identity().namespace(), experiment.name()))
            .filter(object -> isOf(state, experiment, object));
    found.ifPresent(_ -> made.put(state.identity().uid(), experiment.name()));
    return found;
  }

  static boolean isOf(Rollout state, StepExperiment experiment, Experiment object) {
    return ClusterObjects.owner(object).equals(state.identity().uid())
        && fence(object).equals(Optional.of(experiment.fence()));
  }

  /**
   * Whether the object of an experiment was there, here or before a restart. If it is not there any
   * more, somebody has deleted it: it is not made again.
   */
  boolean wasThere(Rollout state, StepExperiment experiment) {
    return experiment.phase() != null || experiment.name().equals(made.get(state.identity().uid()));
  }

  /** Whether it was there and is not any more. That is for ever, so no cache is believed. */
  boolean isDeleted(Rollout state, StepExperiment experiment) {
    if (!wasThere(state, experiment) || find(state, experiment).isPresent()) {
      return false;
    }
    RolloutKey key = new RolloutKey(state.identity().namespace(), experiment.name());
    return writes
        .read(Experiment.class, key)
        .filter(object -> isOf(state, experiment, object))
        .isEmpty();
  }

  /** What decisions see of it. */
  Map<String, Cluster.Experiment> seen(Rollout state) {
    if (state == null || state.experiment() == null) {
      return Map.of();
    }
    return find(state, state.experiment())
        .map(object -> Map.of(state.experiment().name(), seen(object)))
        .orElse(Map.of());
  }

  private static Cluster.Experiment seen(Experiment object) {
    AnalysisPhase phase = phase(object);
    String message = object.getStatus() == null ? null : object.getStatus().message;
    // What is said on the way is no news to a decision.
    boolean isLast = phase != null && phase.isCompleted() && message != null;
    return new Cluster.Experiment(phase, isLast ? message : "", isMarked(object));
  }

  private static AnalysisPhase phase(Experiment object) {
    String text = phaseText(object);
    return Arrays.stream(AnalysisPhase.values())
        .filter(phase -> phase.text().equals(text))
        .findFirst()
        .orElse(null);
  }

  /** As its controller wrote it; empty before that. */
  static String phaseText(Experiment object) {
    return object.getStatus() == null || object.getStatus().phase == null
        ? ""
        : object.getStatus().phase;
  }

  /**
   * Of the decision that started it, or has marked it to end; empty where it is not one of ours.
   */
  static Optional<Fence> fence(Experiment object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    try {
      return Optional.ofNullable(annotations).map(all -> all.get(Owned.FENCE)).map(Fence::parse);
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  /** Whether somebody asked for its end. */
  static boolean isMarked(Experiment object) {
    return object.getSpec() != null && Boolean.TRUE.equals(object.getSpec().terminate);
  }

  /** Whether it has ended. */
  static boolean isOver(Experiment object) {
    return RunTexts.isCompleted(phaseText(object));
  }

  /** Whether nothing more happens to it: also where it is to end and was never taken up. */
  static boolean isDone(Experiment object) {
    return isOver(object) || isMarked(object) && phaseText(object).isEmpty();
  }

  /** The Rollout is gone. */
  void forget(String uid) {
    made.remove(uid);
  }
}
