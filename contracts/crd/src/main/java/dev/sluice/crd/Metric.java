package dev.sluice.crd;

import io.fabric8.kubernetes.api.model.IntOrString;

/**
 * What is measured, how often, and what the value must be; numbers may be {@code {{args.name}}}.
 */
public final class Metric extends Struct {

  @Wire(required = true)
  public String name;

  /** A Go duration; null: measured once. */
  public String interval;

  /** A Go duration from the start of the run; none if null. */
  public String initialDelay;

  /** Measurements without error; if null, 1 without interval, else no end. */
  public IntOrString count;

  /** An expression over {@code result}. */
  public String successCondition;

  /** An expression over {@code result}. */
  public String failureCondition;

  /** So many failures are allowed; 0 if null; -1: any, only with consecutiveSuccessLimit. */
  public IntOrString failureLimit;

  /** So many inconclusive measurements are allowed; 0 if null. */
  public IntOrString inconclusiveLimit;

  /** So many errors in a row are allowed; 4 if null. */
  public IntOrString consecutiveErrorLimit;

  @Wire(required = true)
  public MetricProvider provider;

  /** So many successes in a row are enough; off if null or 0. */
  public IntOrString consecutiveSuccessLimit;
}
