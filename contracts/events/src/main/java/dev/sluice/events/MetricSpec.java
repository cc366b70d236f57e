package dev.sluice.events;

import java.time.Duration;

/**
 * One metric of a run, ready to be measured: limits filled with their defaults, arguments resolved.
 *
 * @param name unique in its run
 * @param interval from one measurement to the next; null where there is only one
 * @param initialDelay from the start of the run to the first measurement; zero if none
 * @param count how many measurements without error; 0 means until the run is ended
 * @param successCondition null if none
 * @param failureCondition null if none
 * @param failureLimit this many failures are allowed; -1 switches the limit off
 * @param inconclusiveLimit this many inconclusive measurements are allowed
 * @param consecutiveErrorLimit this many errors in a row are allowed
 * @param consecutiveSuccessLimit this many successes in a row end the metric early; 0 switches the
 *     limit off
 * @param dryRun measured and shown, but without a say in the verdict
 * @param measurementRetention how many measurements its progress keeps; null for {@link
 *     #USUAL_RETENTION}
 * @param noData what an empty answer means
 * @param provider where the value comes from
 */
public record MetricSpec(
    String name,
    @Nullable Duration interval,
    Duration initialDelay,
    int count,
    @Nullable String successCondition,
    @Nullable String failureCondition,
    int failureLimit,
    int inconclusiveLimit,
    int consecutiveErrorLimit,
    int consecutiveSuccessLimit,
    boolean dryRun,
    @Nullable Integer measurementRetention,
    NoData noData,
    Provider provider) {

  /** How many measurements are kept where nothing else is said. */
  public static final int USUAL_RETENTION = 10;

  /** How many measurements its progress keeps. */
  public int keptMeasurements() {
    return measurementRetention == null ? USUAL_RETENTION : measurementRetention;
  }
}
