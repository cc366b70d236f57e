package dev.sluice.orchestrator.kafka;

import dev.sluice.events.AnalysisProgress;
import dev.sluice.orchestrator.RunStatuses;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;

/** Where no edge shows runs, nobody is told. */
@DefaultBean
@ApplicationScoped
class NoRunStatuses implements RunStatuses {

  @Override
  public void progressed(AnalysisProgress progress) {}
}
