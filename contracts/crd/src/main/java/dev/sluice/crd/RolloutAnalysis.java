package dev.sluice.crd;

import java.util.List;

/** An analysis that a Rollout asks for. */
public sealed class RolloutAnalysis extends Struct permits CanaryStrategy.BackgroundAnalysis {

  public List<AnalysisTemplateRef> templates;
  public List<Argument> args;
  public List<DryRun> dryRun;
  public List<MeasurementRetention> measurementRetention;

  /** For the AnalysisRun. */
  public TemplateMetadata analysisRunMetadata;

  /** Nothing set. */
  public RolloutAnalysis() {}

  /** A value passed to the templates. */
  public static final class Argument extends Struct {
    @Wire(required = true, always = true)
    public String name;

    public String value;
    public ValueFrom valueFrom;
  }

  /** Exactly one is set. */
  public static final class ValueFrom extends Struct {

    /** {@code Latest} or {@code Stable}: a pod template hash. */
    @Wire(pointer = true)
    public String podTemplateHashValue;

    /** Of the Rollout. */
    public FieldRef fieldRef;
  }
}
