package dev.sluice.system.simulator.invariant;

import dev.sluice.events.Fence;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.Message;
import dev.sluice.events.RolloutEvent;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Something that happened, as far as an invariant may be about it. */
public sealed interface Observation {

  /**
   * A decision was committed.
   *
   * @param before the state that it was made on
   * @param told what a neighbour said
   * @param message the message that it was said with; null where it came another way
   * @param signal what the decision was made about: what was told, where no guard is off
   * @param at when
   * @param decision what was decided
   */
  record Decided(
      Rollout before, Signal told, Message message, Signal signal, Instant at, Decision decision)
      implements Observation {}

  /**
   * The weight on the route was written.
   *
   * @param before the weight that was there; 0 where there was no route object
   * @param after the weight that is there
   * @param total that the weight is a part of
   * @param fence that was written with it; NONE where somebody else wrote it
   */
  record WeightWritten(int before, int after, int total, Fence fence) implements Observation {

    /** Whether somebody else wrote it. */
    public boolean isForeign() {
      return fence.equals(Fence.NONE);
    }
  }

  /**
   * The size of a ReplicaSet was written by us.
   *
   * @param podHash of it
   * @param before the size that was there
   * @param after the size that is there
   * @param fence of the decision that it was computed from
   * @param outdated whether the row had moved on, unknown to the writer when it sent this, and
   *     would not have it written any more
   */
  record SizeWritten(String podHash, int before, int after, Fence fence, boolean outdated)
      implements Observation {}

  /**
   * The selector of a Service was written by us.
   *
   * @param canary whether it is the canary's, or else the stable one
   * @param fence of the decision that it was computed from
   * @param outdated whether the row had moved on, unknown to the writer when it sent this, and
   *     would not have it written any more
   */
  record SelectorWritten(boolean canary, String before, String after, Fence fence, boolean outdated)
      implements Observation {}

  /**
   * Somebody was told that a command has arrived.
   *
   * @param channel where: {@code rollout.commands}, or a field of status
   * @param id the command's; for a field of status, the version that it came with
   */
  record CommandAcknowledged(String channel, String id) implements Observation {}

  /** What a command asks of the specification was written. */
  record SpecificationWritten(String command) implements Observation {}

  /**
   * Messages of a Rollout arrived at the broker, together and in this order.
   *
   * @param by the publisher: its session of the database
   * @param rows their numbers, in the order in which they were decided, from 1
   */
  record Published(long by, List<Long> rows) implements Observation {}

  /** A publisher has stopped: what became of its last messages is not known. */
  record PublisherStopped(long by) implements Observation {}

  /** A reader of the log took an entry. */
  record EntryRead(RolloutEvent event) implements Observation {}

  /** A reader of the measurements took one. */
  record MeasurementRead(MeasurementTaken measurement) implements Observation {}

  /** The Rollout's status was written by us, with this weight of the canary. */
  record StatusWritten(int weight) implements Observation {}

  /**
   * The router wrote an object of a route.
   *
   * @param name of the object
   * @param before annotations of all objects of routes, by name
   * @param after the same afterwards
   */
  record RouteWritten(
      String name, Map<String, Map<String, String>> before, Map<String, Map<String, String>> after)
      implements Observation {}

  /** Time went on. */
  record TimePassed() implements Observation {}

  /** For long nothing went wrong and nobody wanted anything: all must be done. */
  record CameToRest() implements Observation {}
}
