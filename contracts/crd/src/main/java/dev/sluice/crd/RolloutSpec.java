package dev.sluice.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a Rollout should be. */
public final class RolloutSpec extends Struct {

  /** Number of pods, from 0; 1 if null. */
  public Integer replicas;

  /** Of the pods; cannot be changed; null only with {@link #workloadRef}. */
  public LabelSelector selector;

  /** Of the pods, kept exactly as it is; null only with {@link #workloadRef}. */
  @Wire(type = "PodTemplateSpec")
  public ObjectNode template;

  /** The workload whose template is used instead. */
  public WorkloadRef workloadRef;

  /** How long a pod must be ready to be available; less than the progress deadline; 0 if null. */
  public Integer minReadySeconds;

  /** Going back to one of the last revisions skips steps and analysis. */
  public RollbackWindow rollbackWindow;

  /** Canary or blue-green. */
  public Strategy strategy;

  /** How many old ReplicaSets stay, from 0; 10 if null. */
  public Integer revisionHistoryLimit;

  /** Nothing is scaled or switched while true. */
  public Boolean paused;

  /** How long an update may stand still; 600 if null. */
  public Integer progressDeadlineSeconds;

  /** Whether standing still for that long aborts the update. */
  public Boolean progressDeadlineAbort;

  /** Pods older than this are replaced. */
  @Wire(type = "time")
  public String restartAt;

  /** How many finished analysis runs and experiments stay. */
  public HistoryLimits analysis;

  /** An object with a pod template. */
  public static final class WorkloadRef extends Struct {
    public String apiVersion;
    public String kind;
    public String name;

    /** {@code never} (as null), {@code onsuccess} or {@code progressively}. */
    public String scaleDown;
  }

  /** How far back the window goes. */
  public static final class RollbackWindow extends Struct {
    public Integer revisions;
  }

  /** Exactly one of the two. */
  public static final class Strategy extends Struct {
    public BlueGreenStrategy blueGreen;
    public CanaryStrategy canary;
  }

  /** Numbers of finished analysis runs, and of finished experiments, to keep; 5 each if null. */
  public static final class HistoryLimits extends Struct {
    public Integer successfulRunHistoryLimit;
    public Integer unsuccessfulRunHistoryLimit;
  }
}
