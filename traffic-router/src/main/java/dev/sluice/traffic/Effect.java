package dev.sluice.traffic;

import dev.sluice.events.TrafficApplied;
import dev.sluice.events.TrafficDesired;
import java.time.Instant;

/** What is to be done after a decision. All of it may be repeated. */
public sealed interface Effect {

  /** Try to make the route so; the end comes back as {@link Signal.Attempted}. */
  record Apply(TrafficDesired split) implements Effect {}

  /** Tell what became of it. */
  record Report(TrafficApplied message) implements Effect {}

  /** Send {@link Signal.TimePassed} at this moment. */
  record Wake(Instant at) implements Effect {}
}
