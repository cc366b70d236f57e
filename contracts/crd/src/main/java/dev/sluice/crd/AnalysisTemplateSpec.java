package dev.sluice.crd;

import java.util.List;

/** Metrics, and the arguments that they need. */
public final class AnalysisTemplateSpec extends Struct {

  /** Names are unique, also over the templates below. */
  public List<Metric> metrics;

  public List<AnalysisArgument> args;
  public List<DryRun> dryRun;
  public List<MeasurementRetention> measurementRetention;

  /** Further templates, taken in. */
  public List<AnalysisTemplateRef> templates;
}
