package dev.sluice.analysis;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.Fence;
import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.NoData;
import dev.sluice.events.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Messages to test with, complete but for what a test is about. */
public final class Samples {

  public static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

  private Samples() {}

  /** What a test wants of a metric: three measurements, 30 s apart, below 0.01. */
  public record Metric(
      Duration interval,
      int count,
      String success,
      String failure,
      int failureLimit,
      int inconclusiveLimit,
      int consecutiveErrorLimit,
      int streak,
      boolean dryRun,
      NoData noData) {

    public Metric every(Duration newInterval) {
      return new Metric(
          newInterval,
          count,
          success,
          failure,
          failureLimit,
          inconclusiveLimit,
          consecutiveErrorLimit,
          streak,
          dryRun,
          noData);
    }

    public Metric times(int newCount) {
      return new Metric(
          interval,
          newCount,
          success,
          failure,
          failureLimit,
          inconclusiveLimit,
          consecutiveErrorLimit,
          streak,
          dryRun,
          noData);
    }

    public Metric conditions(String newSuccess, String newFailure) {
      return new Metric(
          interval,
          count,
          newSuccess,
          newFailure,
          failureLimit,
          inconclusiveLimit,
          consecutiveErrorLimit,
          streak,
          dryRun,
          noData);
    }

    public Metric limits(int failures, int inconclusive, int errors, int successes) {
      return new Metric(
          interval,
          count,
          success,
          failure,
          failures,
          inconclusive,
          errors,
          successes,
          dryRun,
          noData);
    }

    public Metric withoutSay() {
      return new Metric(
          interval,
          count,
          success,
          failure,
          failureLimit,
          inconclusiveLimit,
          consecutiveErrorLimit,
          streak,
          true,
          noData);
    }

    public Metric noData(NoData newNoData) {
      return new Metric(
          interval,
          count,
          success,
          failure,
          failureLimit,
          inconclusiveLimit,
          consecutiveErrorLimit,
          streak,
          dryRun,
          newNoData);
    }
  }

  public static MetricSpec metric(String name, UnaryOperator<Metric> change) {
    Metric metric =
        change.apply(
            new Metric(
                Duration.ofSeconds(30),
                3,
                "result[0] < 0.01",
                null,
                0,
                0,
                4,
                0,
                false,
                NoData.INCONCLUSIVE));
    return new MetricSpec(
        name,
        metric.interval(),
        Duration.ZERO,
        metric.count(),
        metric.success(),
        metric.failure(),
        metric.failureLimit(),
        metric.inconclusiveLimit(),
        metric.consecutiveErrorLimit(),
        metric.streak(),
        metric.dryRun(),
        null,
        metric.noData(),
        new Provider.Prometheus(
            "http://prometheus.monitoring:9090", "query of " + name, Duration.ofSeconds(30)));
  }

  public static AnalysisDesired desired(MetricSpec... metrics) {
    return desired("uid/app-1", START, AnalysisDesired.Wanted.MEASURE, metrics);
  }

  public static AnalysisDesired desired(
      String run, Instant startAt, AnalysisDesired.Wanted wanted, MetricSpec... metrics) {
    return new AnalysisDesired(
        run,
        run.substring(0, run.indexOf('/')),
        "production",
        "app",
        run.substring(run.indexOf('/') + 1),
        new Fence(3, 17),
        AnalysisRole.STEP,
        1,
        wanted,
        startAt,
        List.of(metrics));
  }

  public static MetricAnswer answer(Instant time, Outcome outcome) {
    return new MetricAnswer("query", time, 3, outcome, List.of());
  }

  public static MetricAnswer answer(Instant time, double value) {
    return answer(time, new Outcome.Vector(List.of(value)));
  }
}
