package dev.sluice.orchestrator.kubernetes.world;

import dev.sluice.events.Message;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.TrafficDesired;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A router that does at once what it is told, and says so. It has no Ingress. */
final class ObedientRouter {

  private final MemoryStore store;
  private final Map<String, Integer> weights = new HashMap<>();

  ObedientRouter(MemoryStore store) {
    this.store = store;
  }

  synchronized void told(Message message) {
    if (!(message instanceof TrafficDesired desired)) {
      return;
    }
    Integer before = weights.put(desired.uid(), desired.weight());
    TrafficApplied.RouteObject object =
        new TrafficApplied.RouteObject(
            "Ingress", desired.name() + "-canary", "1", desired.weight(), before == null, true);
    store.take(
        new Intake.Input(
            new Identity(desired.uid(), desired.namespace(), desired.name()),
            "traffic.applied",
            desired.fence().toString(),
            "traffic-router",
            new Signal.RouteReported(
                desired.fence(),
                new TrafficApplied.Outcome.Applied(
                    desired.weight(), before == null ? -1 : before, List.of(object)))));
  }
}
