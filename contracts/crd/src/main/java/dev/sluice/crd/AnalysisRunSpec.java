package dev.sluice.crd;

import java.util.List;

/** What a run measures. */
public final class AnalysisRunSpec extends Struct {

  @Wire(required = true)
  public List<Metric> metrics;

  public List<AnalysisArgument> args;

  /** A request to end it now. */
  public Boolean terminate;

  public List<DryRun> dryRun;
  public List<MeasurementRetention> measurementRetention;
  public TtlStrategy ttlStrategy;

  /** How long the run stays after its end; the more particular one counts; for ever if null. */
  public static final class TtlStrategy extends Struct {
    public Integer secondsAfterCompletion;
    public Integer secondsAfterFailure;
    public Integer secondsAfterSuccess;
  }
}
