package dev.sluice.events;

import java.time.Instant;
import java.util.List;

/** What can happen to a Rollout. One file shows all of it. */
public sealed interface RolloutFact {

  /** Sluice sees this Rollout for the first time. */
  record RolloutAdopted(long generation) implements RolloutFact {}

  /** The Rollout is gone; nothing happens for its uid any more. */
  record RolloutDeleted() implements RolloutFact {}

  /** The specification, or an object that it names, is wrong: nothing moves until it is mended. */
  record SpecificationRejected(String message) implements RolloutFact {}

  /** What was wrong has been mended. */
  record SpecificationRestored() implements RolloutFact {}

  /**
   * A pod template became a revision.
   *
   * @param cause why, for instance {@code push sha256:...} or {@code template changed}
   */
  record RevisionStarted(
      int revision,
      String podHash,
      String replicaSet,
      String stablePodHash,
      List<String> images,
      String cause)
      implements RolloutFact {

    /** Copies the list. */
    public RevisionStarted {
      images = List.copyOf(images);
    }
  }

  /** The steps were changed; an update that is under way starts again at the first. */
  record StepsChanged(int steps) implements RolloutFact {}

  /** A ReplicaSet is to exist, with no pods yet. */
  record ReplicaSetCreated(String replicaSet, int revision) implements RolloutFact {}

  /** The API server would not create it, and says why; it is tried again. */
  record ReplicaSetRefused(String replicaSet, int revision, String message)
      implements RolloutFact {}

  /** A ReplicaSet is to have another size. */
  record ReplicaSetScaled(String replicaSet, int revision, int from, int to)
      implements RolloutFact {}

  /** The workload that the pod template comes from is to have this size. */
  record WorkloadScaled(String workloadKind, String workload, int to) implements RolloutFact {}

  /** A ReplicaSet keeps its size until this moment. */
  record ScaleDownDelayed(String replicaSet, Instant until) implements RolloutFact {}

  /** A Service is to select other pods; both are hashes, {@code from} is empty at first. */
  record ServiceSwitched(String service, String from, String to) implements RolloutFact {}

  /**
   * A step is done.
   *
   * @param step its number, from 1
   * @param of how many there are
   * @param description for instance {@code setWeight: 20}
   */
  record StepCompleted(int step, int of, String description) implements RolloutFact {}

  /** The remaining steps do not apply. */
  record StepsSkipped(String reason) implements RolloutFact {}

  /**
   * Nothing moves on before somebody or the pause's timer says so; {@code until} is null without a
   * timer.
   */
  record PauseStarted(String reason, @Nullable Instant until) implements RolloutFact {}

  /** The pause is over. */
  record PauseEnded(String reason, String how) implements RolloutFact {}

  /** The canary is to have this weight. */
  record WeightDesired(int weight, String canaryPodHash, String stablePodHash)
      implements RolloutFact {}

  /**
   * The route was written and read back; {@code previousWeight} is -1 where the route object is
   * new.
   */
  record WeightApplied(int weight, int previousWeight, List<TrafficApplied.RouteObject> objects)
      implements RolloutFact {

    /** Copies the list. */
    public WeightApplied {
      objects = List.copyOf(objects);
    }
  }

  /** The route carries a fence above ours. */
  record WeightSuperseded(Fence found) implements RolloutFact {}

  /** The route could not be written. */
  record TrafficRoutingFailed(String message) implements RolloutFact {}

  /** The route is as wanted, and Services with it: the update is in force. */
  record RouteSettled(String stablePodHash) implements RolloutFact {}

  /** A run is to be measured; {@code step} is -1 outside of the steps. */
  record AnalysisStarted(String run, AnalysisRole role, int step, List<String> metrics)
      implements RolloutFact {

    /** Copies the list. */
    public AnalysisStarted {
      metrics = List.copyOf(metrics);
    }
  }

  /** A run changed its phase; {@code from} is null at first. */
  record AnalysisPhaseChanged(
      String run, AnalysisRole role, @Nullable AnalysisPhase from, AnalysisPhase to, String message)
      implements RolloutFact {}

  /** A run is no longer waited for. */
  record AnalysisTerminated(String run, AnalysisRole role, String why) implements RolloutFact {}

  /**
   * An experiment is to be run.
   *
   * @param experiment the name of its object
   * @param step the index of its step
   * @param templates names of what it runs
   * @param analyses names of what judges it
   */
  record ExperimentStarted(
      String experiment, int step, List<String> templates, List<String> analyses)
      implements RolloutFact {

    /** Copies the lists. */
    public ExperimentStarted {
      templates = List.copyOf(templates);
      analyses = List.copyOf(analyses);
    }
  }

  /** An experiment changed its phase; {@code from} is null at first. */
  record ExperimentPhaseChanged(
      String experiment, @Nullable AnalysisPhase from, AnalysisPhase to, String message)
      implements RolloutFact {}

  /** An experiment is no longer waited for, and is to end. */
  record ExperimentTerminated(String experiment, String why) implements RolloutFact {}

  /** Nothing was heard of an experiment for too long; nothing moves on because of that. */
  record ExperimentOverdue(String experiment, String message) implements RolloutFact {}

  /**
   * A step plugin is called; the same call is repeated until it is answered.
   *
   * @param step the index of its step
   * @param execution how often it was called so in this step, from 1
   */
  record StepPluginCalled(int step, String plugin, PluginOperation operation, int execution)
      implements RolloutFact {}

  /**
   * A step plugin answered, or could not be asked.
   *
   * @param step the index of its step
   * @param from null at the first answer
   */
  record StepPluginAnswered(
      int step,
      String plugin,
      PluginOperation operation,
      int execution,
      @Nullable PluginPhase from,
      PluginPhase to,
      String message)
      implements RolloutFact {}

  /** A step plugin is not called: this installation has it switched off. */
  record StepPluginSkipped(int step, String plugin) implements RolloutFact {}

  /** Other header and mirror routes are to be in force; by name, the first has precedence. */
  record ManagedRoutesDesired(List<String> routes) implements RolloutFact {

    /** Copies the list. */
    public ManagedRoutesDesired {
      routes = List.copyOf(routes);
    }
  }

  /** The update is taken back; {@code reason} is empty if somebody asked for it. */
  record RolloutAborted(int revision, String reason) implements RolloutFact {}

  /** The aborted update starts again. */
  record RolloutRetried(int revision) implements RolloutFact {}

  /** All steps, pauses and analysis are skipped on request. */
  record FullPromotionRequested(int revision) implements RolloutFact {}

  /** The revision is the stable one now. */
  record RolloutCompleted(int revision, String podHash, String reason) implements RolloutFact {}

  /** Pods that are older than this moment are being replaced, a few at a time. */
  record RestartStarted(Instant restartAt) implements RolloutFact {}

  /** No pod is older than this moment any more. */
  record PodsRestarted(Instant restartAt) implements RolloutFact {}

  /** Nothing has progressed for too long. */
  record ProgressDeadlineExceeded(String message) implements RolloutFact {}

  /** Weight 0 was written before the stable pods could carry all of it: they took too long. */
  record CapacityDeadlineExceeded(String message) implements RolloutFact {}

  /** A command was carried out. */
  record CommandAccepted(String commandId, String command) implements RolloutFact {}

  /** A command makes no sense here. */
  record CommandRejected(String commandId, String command, String why) implements RolloutFact {}

  /** A command came too late. */
  record CommandSuperseded(String commandId, String command, String why) implements RolloutFact {}

  /** What an accepted command asks of the specification is in it. */
  record SpecificationChanged(String commandId, String change) implements RolloutFact {}

  /** What an accepted command asked of the specification is not written any more. */
  record SpecificationChangeDropped(String commandId, String change, String why)
      implements RolloutFact {}

  /** A pushed image is to run. */
  record ImagePushAccepted(String pushId, String image, String previousImage)
      implements RolloutFact {}

  /** A pushed image changes nothing. */
  record ImagePushIgnored(String pushId, String image, String why) implements RolloutFact {}

  /** Outstanding work became invalid for a reason that is not a fact of its own. */
  record EpochRaised(long from, long to, String why) implements RolloutFact {}

  /** A decision failed: the weight is frozen until somebody looks; abort still works. */
  record RolloutQuarantined(String why) implements RolloutFact {}
}
