package dev.sluice.analysis;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.MetricProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run of which nothing was published yet.
 *
 * @param desired what is wanted
 */
record Planned(AnalysisDesired desired) implements Run {

  @Override
  public Optional<AnalysisProgress> progress() {
    return Optional.empty();
  }

  @Override
  public Decision on(Signal signal, Instant now) {
    return switch (signal) {
      case Signal.Woken _ -> begin(now);
      case Signal.Wanted(AnalysisDesired again) -> new Planned(again).begin(now);
      case Signal.Answered _ -> Decision.stay(this); // Nothing was asked.
    };
  }

  private Decision begin(Instant now) {
    Optional<String> fault = SpecificationCheck.fault(desired.metrics());
    if (fault.isPresent()) {
      return Over.concluded(
          desired,
          first(List.of()),
          new Verdict(AnalysisPhase.ERROR, "Analysis spec invalid: " + fault.get(), List.of()),
          List.of(),
          now);
    }
    AnalysisProgress first =
        first(
            desired.metrics().stream()
                .map(metric -> Fold.start(metric, desired.startAt()))
                .toList());
    return Measuring.begin(desired, first, now);
  }

  private AnalysisProgress first(List<MetricProgress> metrics) {
    return new AnalysisProgress(
        desired.run(),
        desired.uid(),
        desired.namespace(),
        desired.name(),
        desired.fence().epoch(),
        AnalysisPhase.RUNNING,
        "",
        desired.startAt(),
        null,
        metrics);
  }
}
