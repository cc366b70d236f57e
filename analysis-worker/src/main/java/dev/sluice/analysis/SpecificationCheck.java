package dev.sluice.analysis;

import dev.sluice.events.MetricSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Limits that contradict each other end a run before it starts. Texts are Argo's. */
final class SpecificationCheck {

  private SpecificationCheck() {}

  /** What is wrong first, or nothing. */
  static Optional<String> fault(List<MetricSpec> metrics) {
    if (metrics.isEmpty()) {
      return Optional.of("no metrics specified");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < metrics.size(); i++) {
      MetricSpec metric = metrics.get(i);
      String fault =
          names.add(metric.name()) ? fault(metric) : "duplicate name '" + metric.name() + "'";
      if (!fault.isEmpty()) {
        return Optional.of("metrics[%d]: %s".formatted(i, fault));
      }
    }
    return Optional.empty();
  }

  private static String fault(MetricSpec metric) {
    if (metric.consecutiveSuccessLimit() < 0) {
      return "consecutiveSuccessLimit must be >= 0";
    }
    if (metric.failureLimit() < -1) {
      return "failureLimit must be >= 0, or -1 to be disabled";
    }
    if (metric.failureLimit() == -1 && metric.consecutiveSuccessLimit() == 0) {
      return "failureLimit and consecutiveSuccessLimit cannot both be disabled";
    }
    if (metric.inconclusiveLimit() < 0) {
      return "inconclusiveLimit must be >= 0";
    }
    if (metric.consecutiveErrorLimit() < 0) {
      return "consecutiveErrorLimit must be >= 0";
    }
    return metric.count() > 0 ? faultOfCount(metric) : "";
  }

  private static String faultOfCount(MetricSpec metric) {
    int needed = Math.max(0, metric.failureLimit()) + metric.consecutiveSuccessLimit();
    if (metric.count() < needed) {
      return "count (%d) must be >= failureLimit + consecutiveSuccessLimit (%d)"
          .formatted(metric.count(), needed);
    }
    if (metric.count() < metric.inconclusiveLimit()) {
      return "count must be >= inconclusiveLimit";
    }
    return metric.count() > 1 && metric.interval() == null
        ? "interval must be specified when count > 1"
        : "";
  }
}
