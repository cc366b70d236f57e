package dev.sluice.crd;

import java.util.List;

/** How an experiment is. */
public final class ExperimentStatus extends Struct {

  /** Pending, Running, Successful, Failed, Error or Inconclusive. */
  public String phase;

  public String message;
  public List<TemplateStatus> templateStatuses;

  /** Since when all templates are; its duration counts from here. */
  @Wire(type = "time")
  public String availableAt;

  public List<Condition> conditions;
  public List<AnalysisRunRef> analysisRuns;

  /** How one template is. */
  public static final class TemplateStatus extends Struct {
    @Wire(required = true)
    public String name;

    @Wire(required = true)
    public Integer replicas;

    @Wire(required = true)
    public Integer updatedReplicas;

    @Wire(required = true)
    public Integer readyReplicas;

    @Wire(required = true)
    public Integer availableReplicas;

    public Integer collisionCount;

    /** Progressing, Running, Successful, Failed or Error. */
    public String status;

    public String message;

    @Wire(type = "time")
    public String lastTransitionTime;

    public String serviceName;
    public String podTemplateHash;
  }

  /** One of its runs. */
  public static final class AnalysisRunRef extends Struct {

    /** Of the analysis in the spec. */
    @Wire(required = true)
    public String name;

    /** Name of the AnalysisRun. */
    @Wire(required = true)
    public String analysisRun;

    @Wire(required = true)
    public String phase;

    public String message;
  }
}
