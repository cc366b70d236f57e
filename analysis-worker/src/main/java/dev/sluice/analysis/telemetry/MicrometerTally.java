package dev.sluice.analysis.telemetry;

import dev.sluice.analysis.Tally;
import dev.sluice.events.AnalysisPhase;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/**
 * Counters {@code sluice_analysis_ticks_asked_total}, {@code sluice_analysis_deferred_total},
 * {@code sluice_analysis_measurements_total} and {@code sluice_analysis_verdicts_total}, the last
 * two by {@code phase}.
 */
@Singleton
class MicrometerTally implements Tally {

  private final MeterRegistry registry;

  MicrometerTally(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void asked() {
    registry.counter("sluice.analysis.ticks.asked").increment();
  }

  @Override
  public void measured(AnalysisPhase phase) {
    registry.counter("sluice.analysis.measurements", "phase", phase.text()).increment();
  }

  @Override
  public void deferred() {
    registry.counter("sluice.analysis.deferred").increment();
  }

  @Override
  public void concluded(AnalysisPhase phase) {
    registry.counter("sluice.analysis.verdicts", "phase", phase.text()).increment();
  }
}
