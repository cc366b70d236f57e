package dev.sluice.traffic.kafka;

import dev.sluice.events.TrafficDesired;
import java.util.Optional;

/** A wanted split as it was read, with the trace that it belongs to. */
record WantedSplit(TrafficDesired message, Optional<String> traceparent) {}
