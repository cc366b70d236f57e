package dev.sluice.system.simulator;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficDesired;
import dev.sluice.system.simulator.ClusterObject.IngressObject;
import java.util.Optional;

/** Whether a wanted split may be written on the route. */
sealed interface FenceRule {

  record Write() implements FenceRule {}

  record AlreadyApplied() implements FenceRule {}

  record Superseded(Fence found) implements FenceRule {}

  record ReadOn() implements FenceRule {}

  static FenceRule of(TrafficDesired wanted, Optional<IngressObject> there, boolean readToEnd) {
    Fence found = there.map(IngressObject::fence).orElse(Fence.NONE);
    if (found.equals(Fence.NONE)) {
      return readToEnd ? new Write() : new ReadOn();
    }
    if (wanted.fence().isOlderThan(found)) {
      return new Superseded(found);
    }
    boolean same = found.equals(wanted.fence()) && there.orElseThrow().weight() == wanted.weight();
    return same ? new AlreadyApplied() : new Write();
  }
}
