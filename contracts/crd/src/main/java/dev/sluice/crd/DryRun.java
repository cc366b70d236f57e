package dev.sluice.crd;

/** Metrics that are measured and shown, but have no say. */
public final class DryRun extends Struct {

  /** A regular expression, not anchored; it must match at least one metric. */
  @Wire(required = true, always = true)
  public String metricName;
}
