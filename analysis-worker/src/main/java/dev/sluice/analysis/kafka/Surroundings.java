package dev.sluice.analysis.kafka;

import dev.sluice.analysis.Gateway;
import dev.sluice.analysis.Tally;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * What all partitions of a worker share.
 *
 * @param clients to Kafka
 * @param gateway to ask
 * @param tally to count with
 * @param clock that says now
 */
record Surroundings(Clients clients, Gateway gateway, Tally tally, InstantSource clock) {

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
