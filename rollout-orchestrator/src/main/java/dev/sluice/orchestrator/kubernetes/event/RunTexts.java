package dev.sluice.orchestrator.kubernetes.event;

import dev.sluice.crd.AnalysisRunStatus;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.MetricProgress;
import java.util.ArrayList;
import java.util.List;

/** What happened to an AnalysisRun since its status was last written. */
public final class RunTexts {

  private RunTexts() {}

  /**
   * The Events that lead from the status that is shown to this progress.
   *
   * @param shown null if none is
   */
  public static List<Told> between(AnalysisRunStatus shown, AnalysisProgress progress) {
    List<Told> told = new ArrayList<>();
    for (MetricProgress metric : progress.metrics()) {
      if (metric.phase().isCompleted() && !isCompleted(phase(shown, metric.name()))) {
        told.add(
            of(
                "Metric",
                metric.phase(),
                "Metric '%s' Completed. Result: %s"
                    .formatted(metric.name(), metric.phase().text())));
      }
    }
    if (progress.phase().isCompleted() && !isCompleted(shown == null ? "" : shown.phase)) {
      told.add(
          of(
              "AnalysisRun",
              progress.phase(),
              "Analysis Completed. Result: " + progress.phase().text()));
    }
    return told;
  }

  private static Told of(String what, AnalysisPhase phase, String message) {
    return new Told(
        phase == AnalysisPhase.FAILED || phase == AnalysisPhase.ERROR
            ? Told.Kind.WARNING
            : Told.Kind.NORMAL,
        what + phase.text(),
        message);
  }

  private static String phase(AnalysisRunStatus shown, String metric) {
    if (shown == null || shown.metricResults == null) {
      return "";
    }
    return shown.metricResults.stream()
        .filter(result -> metric.equals(result.name))
        .map(result -> String.valueOf(result.phase))
        .findFirst()
        .orElse("");
  }

  /** Whether a phase in a status is a final one. */
  public static boolean isCompleted(String phase) {
    for (AnalysisPhase each : AnalysisPhase.values()) {
      if (each.text().equals(phase)) {
        return each.isCompleted();
      }
    }
    return false;
  }
}
