package dev.sluice.crd;

import java.util.List;
import java.util.Map;

/** How a run is; phases are Pending, Running, Successful, Failed, Error and Inconclusive. */
public final class AnalysisRunStatus extends Struct {

  @Wire(required = true)
  public String phase;

  public String message;

  /** In the order in which first measurements finished. */
  public List<MetricResult> metricResults;

  @Wire(type = "time")
  public String startedAt;

  /** Of metrics that have a say. */
  public RunSummary runSummary;

  /** Of metrics that have none. */
  public RunSummary dryRunSummary;

  @Wire(type = "time")
  public String completedAt;

  /** Numbers of metrics, not of measurements, by their last phase. */
  public static final class RunSummary extends Struct {
    public Integer count;
    public Integer successful;
    public Integer failed;
    public Integer inconclusive;
    public Integer error;
  }

  /** What one metric has come to. */
  public static final class MetricResult extends Struct {
    @Wire(required = true)
    public String name;

    @Wire(required = true)
    public String phase;

    /** The last ones only; see {@link MeasurementRetention}. */
    public List<Measurement> measurements;

    public String message;

    /** Measurements without error. */
    public Integer count;

    public Integer successful;
    public Integer failed;
    public Integer inconclusive;
    public Integer error;
    public Integer consecutiveError;
    public Boolean dryRun;

    /** Such as the query that was really asked. */
    public Map<String, String> metadata;

    public Integer consecutiveSuccess;
  }

  /** One value and its judgement. */
  public static final class Measurement extends Struct {
    @Wire(required = true)
    public String phase;

    public String message;

    @Wire(type = "time")
    public String startedAt;

    @Wire(type = "time")
    public String finishedAt;

    /** As text, such as {@code [0.1]}. */
    public String value;

    public Map<String, String> metadata;

    /** When a provider that takes long is asked again. */
    @Wire(type = "time")
    public String resumeAt;
  }
}
