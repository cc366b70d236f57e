package dev.sluice.crd;

import java.util.List;

/** A step that runs an experiment and goes on when it succeeds. */
public final class ExperimentStep extends Struct {

  @Wire(required = true, always = true)
  public List<Template> templates;

  /** A Go duration; null: until its analyses end. */
  public String duration;

  public List<Analysis> analyses;
  public List<DryRun> dryRun;

  @Wire(always = true)
  public TemplateMetadata analysisRunMetadata;

  /** How long its ReplicaSets stay afterwards; 30 if null. */
  @Wire(pointer = true)
  public Integer scaleDownDelaySeconds;

  /** One ReplicaSet of the experiment. */
  public static final class Template extends Struct {
    @Wire(required = true, always = true)
    public String name;

    /** {@code canary} or {@code stable}: whose pod template is used. */
    @Wire(required = true, always = true)
    public String specRef;

    /** Number of pods; 1 if null. */
    @Wire(pointer = true)
    public Integer replicas;

    /** Added to the pods. */
    @Wire(always = true)
    public TemplateMetadata metadata;

    public LabelSelector selector;

    /** Share of the traffic while the experiment runs. */
    @Wire(pointer = true)
    public Integer weight;

    /** A Service for its pods. */
    public TemplateService service;
  }

  /** One analysis of the experiment. */
  public static final class Analysis extends Struct {
    @Wire(required = true, always = true)
    public String name;

    @Wire(required = true, always = true)
    public String templateName;

    @Wire(pointer = true)
    public Boolean clusterScope;

    public List<RolloutAnalysis.Argument> args;

    /** The experiment does not end before it. */
    public Boolean requiredForCompletion;
  }
}
