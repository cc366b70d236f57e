package dev.sluice.crd;

import io.fabric8.kubernetes.api.model.IntOrString;

/** An update that is built up beside the old pods and then switched to at once. */
public final class BlueGreenStrategy extends Struct {

  /** Name of the Service that users reach. */
  @Wire(required = true)
  public String activeService;

  /** Name of the Service for looking at the new pods before. */
  public String previewService;

  /** Number of new pods before the switch; all if null. */
  public Integer previewReplicaCount;

  /** Switches without somebody promoting; true if null. */
  public Boolean autoPromotionEnabled;

  /** How long it waits before that; 0 if null. */
  public Integer autoPromotionSeconds;

  /** Pods that may be missing during a restart; "25" (a percentage) if null. */
  public IntOrString maxUnavailable;

  /** How long the old ReplicaSet stays; 30 if null; 0: not at all. */
  public Integer scaleDownDelaySeconds;

  /** How many old ReplicaSets may wait for that; no limit if null. */
  public Integer scaleDownDelayRevisionLimit;

  public RolloutAnalysis prePromotionAnalysis;
  public AntiAffinity antiAffinity;
  public RolloutAnalysis postPromotionAnalysis;

  /** On the new pods before the switch. */
  public TemplateMetadata previewMetadata;

  /** On the pods that serve. */
  public TemplateMetadata activeMetadata;

  /** How long the new ReplicaSet stays after an abort; 30 if null; 0: never scaled down. */
  public Integer abortScaleDownDelaySeconds;
}
