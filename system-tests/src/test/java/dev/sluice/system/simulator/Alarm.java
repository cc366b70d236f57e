package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Fires the timers of the store. Each instance does, so that none is missed; the inbox sorts it
 * out.
 */
final class Alarm {

  private final Ground ground;
  private final SimulatedOrchestrator orchestrator;
  private final SimulatedStore store;
  private final Set<String> set = new HashSet<>();

  Alarm(Ground ground, SimulatedOrchestrator orchestrator, SimulatedStore store) {
    this.ground = ground;
    this.orchestrator = orchestrator;
    this.store = store;
    orchestrator.onCommit(this::arm);
    orchestrator.process().onStart(set::clear);
  }

  private void arm() {
    for (Map.Entry<String, Instant> timer : timers().entrySet()) {
      String id = timer.getKey() + "@" + timer.getValue();
      if (set.add(id)) {
        Duration wait = Duration.between(ground.now(), timer.getValue());
        Duration late = ground.chaos().millis(0, ground.chaos().oneIn(2) ? 30 : 300);
        orchestrator
            .process()
            .later(wait.isNegative() ? late : wait.plus(late), () -> fire(timer, id));
      }
    }
  }

  private void fire(Map.Entry<String, Instant> timer, String id) {
    set.remove(id);
    if (timer.getValue().equals(timers().get(timer.getKey()))) {
      orchestrator.take("timers", id, new Signal.TimerFired(timer.getKey()));
    }
  }

  private Map<String, Instant> timers() {
    try {
      return store.timers();
    } catch (SimulatedStore.Away _) {
      return Map.of();
    }
  }
}
