package dev.sluice.crd;

/** How many measurements of a metric stay in the run's status. */
public final class MeasurementRetention extends Struct {

  /** A regular expression, not anchored. */
  @Wire(required = true, always = true)
  public String metricName;

  /** 10 where nothing matches. */
  @Wire(required = true, always = true)
  public Integer limit;
}
