package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How a Rollout is, and the requests that tools write here. */
public final class RolloutStatus extends Struct {

  /** A request, or the controller's own decision, to take the update back. */
  public Boolean abort;

  public List<PauseCondition> pauseConditions;

  /**
   * The pause is the controller's own; true with no condition left means that somebody unpaused.
   */
  public Boolean controllerPause;

  @Wire(type = "time")
  public String abortedAt;

  /** Hash of the wanted pod template. */
  public String currentPodHash;

  /** Hash of the steps; null for blue-green. */
  public String currentStepHash;

  public Integer replicas;
  public Integer updatedReplicas;
  public Integer readyReplicas;
  public Integer availableReplicas;

  /** From 0; the number of steps when all are done; null without steps. */
  public Integer currentStepIndex;

  public Integer collisionCount;

  /** {@code metadata.generation} in decimal: a string. */
  public String observedGeneration;

  public List<Condition> conditions;
  public Canary canary;
  public BlueGreen blueGreen;

  /** For the scale subresource. */
  public Integer HPAReplicas;

  /** For the scale subresource. */
  public String selector;

  /** Hash of the ReplicaSet that was last promoted; null before the first. */
  public String stableRS;

  @Wire(type = "time")
  public String restartedAt;

  /** A request to skip steps, pauses and analysis. */
  public Boolean promoteFull;

  /** Healthy, Degraded, Progressing or Paused. */
  public String phase;

  public String message;

  /** Generation of the workload referred to, in decimal: a string. */
  public String workloadObservedGeneration;

  public Alb alb;
  public List<Alb> albs;
  public Duration duration;

  /** Why and since when it is paused. */
  public static final class PauseCondition extends Struct {

    /** CanaryPauseStep, BlueGreenPause, InconclusiveAnalysisRun or InconclusiveExperiment. */
    @Wire(required = true)
    public String reason;

    @Wire(required = true, type = "time")
    public String startTime;
  }

  /** Of the canary strategy. */
  public static final class Canary extends Struct {
    public AnalysisRunRef currentStepAnalysisRunStatus;
    public AnalysisRunRef currentBackgroundAnalysisRunStatus;

    /** Its name. */
    public String currentExperiment;

    public Weights weights;

    /** {@code ping} or {@code pong}: which Service is the stable one. */
    public String stablePingPong;

    public List<StepPlugin> stepPluginStatuses;
  }

  /** Of the blue-green strategy; selectors are hashes. */
  public static final class BlueGreen extends Struct {
    public String previewSelector;
    public String activeSelector;

    /** The preview was accepted, and the new ReplicaSet may grow to its full size. */
    public Boolean scaleUpPreviewCheckPoint;

    public AnalysisRunRef prePromotionAnalysisRunStatus;
    public AnalysisRunRef postPromotionAnalysisRunStatus;
  }

  /** A current AnalysisRun. */
  public static final class AnalysisRunRef extends Struct {
    @Wire(required = true)
    public String name;

    /** Its phase; empty right after it was created. */
    @Wire(required = true)
    public String status;

    public String message;
  }

  /** The weights that were last set. */
  public static final class Weights extends Struct {
    @Wire(required = true)
    public Destination canary;

    @Wire(required = true)
    public Destination stable;

    public List<Destination> additional;

    /** Null where the router does not say. */
    public Boolean verified;
  }

  /** One destination and its weight. */
  public static final class Destination extends Struct {
    @Wire(required = true)
    public Integer weight;

    public String serviceName;
    public String podTemplateHash;
  }

  /** What a step plugin did. */
  public static final class StepPlugin extends Struct {

    /** Of the step. */
    @Wire(required = true)
    public Integer index;

    @Wire(required = true)
    public String name;

    /** Run, Terminate or Abort. */
    @Wire(required = true)
    public String operation;

    /** Running, Successful, Failed or Error. */
    public String phase;

    public String message;

    @Wire(type = "time")
    public String startedAt;

    @Wire(type = "time")
    public String updatedAt;

    @Wire(type = "time")
    public String finishedAt;

    /** A Go duration. */
    public String backoff;

    public Integer executions;
    public Boolean disabled;

    /** The plugin's own. */
    public JsonNode status;
  }

  /** Target groups of one load balancer, where they are verified. */
  public static final class Alb extends Struct {
    public AwsResource loadBalancer;
    public AwsResource canaryTargetGroup;
    public AwsResource stableTargetGroup;
    public String ingress;
  }

  /** An object of AWS. */
  public static final class AwsResource extends Struct {
    @Wire(required = true)
    public String name;

    @Wire(required = true)
    public String arn;

    public String fullName;
  }

  /** How long the update took. */
  public static final class Duration extends Struct {
    @Wire(type = "time")
    public String rolloutStartedAt;

    /** While it waits for somebody. */
    @Wire(type = "time")
    public String manualPauseStartedAt;

    public Long totalManualPauseDurationSeconds;

    @Wire(type = "time")
    public String finishedAt;

    /** Promoted, FastPromoted, Aborted, RolledBack or FastRolledBack. */
    public String completionStatus;
  }
}
