package dev.sluice.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What an experiment runs and watches. */
public final class ExperimentSpec extends Struct {

  @Wire(required = true)
  public List<Template> templates;

  /** A Go duration; null: until terminated or its required analyses end. */
  public String duration;

  /** How long a template may take to be available; 600 if null. */
  public Integer progressDeadlineSeconds;

  /** A request to end it now. */
  public Boolean terminate;

  public List<Analysis> analyses;

  /** How long its ReplicaSets stay afterwards; 30 if null. */
  public Integer scaleDownDelaySeconds;

  public List<DryRun> dryRun;
  public List<MeasurementRetention> measurementRetention;
  public TemplateMetadata analysisRunMetadata;

  /** One ReplicaSet. */
  public static final class Template extends Struct {
    @Wire(required = true)
    public String name;

    /** Number of pods; 1 if null. */
    public Integer replicas;

    /** 0 if null. */
    public Integer minReadySeconds;

    @Wire(required = true)
    public LabelSelector selector;

    /** Kept exactly as it is. */
    @Wire(required = true, type = "PodTemplateSpec")
    public ObjectNode template;

    public TemplateService service;
  }

  /** One analysis. */
  public static final class Analysis extends Struct {
    @Wire(required = true)
    public String name;

    @Wire(required = true)
    public String templateName;

    public Boolean clusterScope;
    public List<AnalysisArgument> args;

    /** The experiment does not end before it. */
    public Boolean requiredForCompletion;
  }
}
