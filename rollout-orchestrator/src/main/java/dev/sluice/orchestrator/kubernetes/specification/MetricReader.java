package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.GoDuration;
import dev.sluice.crd.Metric;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.NoData;
import dev.sluice.orchestrator.kubernetes.specification.References.Template;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.time.Duration;

/**
 * One metric with its arguments filled, checked, and its defaults written out. Rules and texts are
 * those of Argo Rollouts, which finds most of them only when the run starts.
 */
final class MetricReader {

  private static final int CONSECUTIVE_ERROR_LIMIT = 4;

  private final String path;
  private final Template template;
  private final int index;
  private final Metric metric;
  private final boolean mayBeEndless;

  /**
   * @param path of the list of templates, for messages
   * @param template that has the metric
   * @param index of the metric in its template
   * @param metric with its arguments filled
   * @param mayBeEndless whether an interval without a count is allowed
   */
  MetricReader(String path, Template template, int index, Metric metric, boolean mayBeEndless) {
    this.path = path;
    this.template = template;
    this.index = index;
    this.metric = metric;
    this.mayBeEndless = mayBeEndless;
  }

  MetricSpec read(MetricRules rules, NoData noData, AllowedEndpoints endpoints)
      throws InvalidManifest {
    int failureLimit = number(metric.failureLimit, "failureLimit", 0);
    int successLimit = number(metric.consecutiveSuccessLimit, "consecutiveSuccessLimit", 0);
    int inconclusiveLimit = number(metric.inconclusiveLimit, "inconclusiveLimit", 0);
    int errorLimit =
        number(metric.consecutiveErrorLimit, "consecutiveErrorLimit", CONSECUTIVE_ERROR_LIMIT);
    int count = number(metric.count, "count", 0);
    check(successLimit >= 0, "consecutiveSuccessLimit must be >= 0");
    check(failureLimit >= -1, "failureLimit must be >= 0, or -1 to be disabled");
    check(
        failureLimit >= 0 || successLimit > 0,
        "failureLimit and consecutiveSuccessLimit cannot both be disabled");
    check(inconclusiveLimit >= 0, "inconclusiveLimit must be >= 0");
    check(errorLimit >= 0, "consecutiveErrorLimit must be >= 0");
    check(
        count <= 0 || count >= Math.max(0, failureLimit) + successLimit,
        "count (%d) must be >= failureLimit + consecutiveSuccessLimit (%d)"
            .formatted(count, Math.max(0, failureLimit) + successLimit));
    check(count <= 0 || count >= inconclusiveLimit, "count must be >= inconclusiveLimit");
    check(count <= 1 || metric.interval != null, "interval must be specified when count > 1");
    Duration interval = duration(metric.interval, "invalid interval string");
    Duration initialDelay = duration(metric.initialDelay, "invalid initialDelay string");
    boolean isEndless = count <= 0 && interval != null;
    if (isEndless && !mayBeEndless) {
      throw InvalidManifest.invalid(
          path,
          template.name().name(),
          "AnalysisTemplate %s has metric %s which runs indefinitely. Invalid value for count: <nil>"
              .formatted(template.name().name(), metric.name));
    }
    return new MetricSpec(
        metric.name,
        interval,
        initialDelay == null ? Duration.ZERO : initialDelay,
        isEndless ? 0 : Math.max(1, count),
        emptyToNull(metric.successCondition),
        emptyToNull(metric.failureCondition),
        failureLimit,
        inconclusiveLimit,
        errorLimit,
        successLimit,
        rules.isDry(metric.name),
        rules.retention(metric.name),
        noData,
        new ProviderReader(this, metric.provider, endpoints).read());
  }

  /** Refuses the metric unless this holds. */
  void check(boolean holds, String message) throws InvalidManifest {
    if (!holds) {
      throw InvalidManifest.invalid(
          path,
          template.name().name(),
          "%s %s: metrics[%d]: %s"
              .formatted(template.name().kind(), template.name().name(), index, message));
    }
  }

  private int number(IntOrString value, String field, int absent) throws InvalidManifest {
    if (value == null) {
      return absent;
    }
    if (value.getIntVal() != null) {
      return value.getIntVal();
    }
    try {
      return Integer.parseInt(value.getStrVal().strip());
    } catch (NumberFormatException malformed) {
      check(false, field + " must be a whole number, not '" + value.getStrVal() + "'");
      throw new IllegalStateException(malformed);
    }
  }

  private Duration duration(String text, String message) throws InvalidManifest {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      Duration duration = GoDuration.parse(text);
      check(!duration.isNegative(), message + ": " + text + " is negative");
      return duration;
    } catch (IllegalArgumentException malformed) {
      check(false, message + ": " + malformed.getMessage());
      throw new IllegalStateException(malformed);
    }
  }

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
