package dev.sluice.metrics.telemetry;

import dev.sluice.metrics.Tally;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/**
 * Counters {@code sluice_gateway_questions_{asked,sent,coalesced,deferred}_total} with the label
 * {@code endpoint}: the address in the list, never a query and never a credential.
 */
@Singleton
class MicrometerTally implements Tally {

  private final MeterRegistry registry;

  MicrometerTally(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void asked(String endpoint) {
    count("asked", endpoint);
  }

  @Override
  public void sent(String endpoint) {
    count("sent", endpoint);
  }

  @Override
  public void coalesced(String endpoint) {
    count("coalesced", endpoint);
  }

  @Override
  public void deferred(String endpoint) {
    count("deferred", endpoint);
  }

  private void count(String what, String endpoint) {
    registry.counter("sluice.gateway.questions." + what, "endpoint", endpoint).increment();
  }
}
