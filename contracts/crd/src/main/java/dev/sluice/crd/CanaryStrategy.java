package dev.sluice.crd;

import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;

/** An update that goes through steps while canary and stable pods serve side by side. */
public final class CanaryStrategy extends Struct {

  /** Name of the Service that selects the canary's pods. */
  public String canaryService;

  /** Name of the Service that selects the stable pods. */
  public String stableService;

  /** In order; none: behaves like a Deployment. */
  public List<CanaryStep> steps;

  /** Weights are set on routes instead of by numbers of pods. */
  public TrafficRouting trafficRouting;

  /**
   * Pods that may be missing, rounded down; "25" (a percentage, although it lacks the sign) if
   * null.
   */
  public IntOrString maxUnavailable;

  /**
   * Pods that may be too many, rounded up; "25" (a percentage, although it lacks the sign) if null.
   */
  public IntOrString maxSurge;

  /** Runs beside the steps. */
  public BackgroundAnalysis analysis;

  public AntiAffinity antiAffinity;

  /** On the canary's pods while they are the canary. */
  public TemplateMetadata canaryMetadata;

  /** On the stable pods while they are stable. */
  public TemplateMetadata stableMetadata;

  /** How long the old ReplicaSet stays after promotion; 30 if null; only with a router. */
  public Integer scaleDownDelaySeconds;

  /** How many old ReplicaSets may wait for that; no limit if null. */
  public Integer scaleDownDelayRevisionLimit;

  /** How long the canary stays after an abort; 30 if null; 0: never scaled down. */
  public Integer abortScaleDownDelaySeconds;

  /** The stable ReplicaSet shrinks as the canary's weight grows; only with a router. */
  public Boolean dynamicStableScale;

  /** Two Services that swap their parts at each promotion. */
  public PingPong pingPong;

  /** Least number of pods of each side that serves; only with a router. */
  public Integer minPodsPerReplicaSet;

  /** How much of the canary must be available to go on; 100 % if null. */
  public ReplicaProgressThreshold replicaProgressThreshold;

  /** An analysis from a step on until promotion. */
  public static final class BackgroundAnalysis extends RolloutAnalysis {

    /** Index of the first step with it; 0 if null. */
    @Wire(pointer = true)
    public Integer startingStep;
  }

  /** Names of two Services. */
  public static final class PingPong extends Struct {
    @Wire(required = true)
    public String pingService;

    @Wire(required = true)
    public String pongService;
  }

  /** Part of the wanted pods. */
  public static final class ReplicaProgressThreshold extends Struct {

    /** {@code Percent} or {@code Pods}; Argo takes any other word for Pods. */
    @Wire(required = true)
    public String type;

    @Wire(required = true)
    public Integer value;
  }
}
