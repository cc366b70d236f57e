package dev.sluice.analysis.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** The runs of one partition as committed, and when each wants to be woken. One thread's own. */
final class Runs {

  private record Wake(Instant time, String run) {}

  private final Map<String, Known> known = new HashMap<>();
  private final Map<String, Instant> wakeAt = new HashMap<>();
  private final PriorityQueue<Wake> wakes = new PriorityQueue<>(Comparator.comparing(Wake::time));

  Optional<Known> get(String run) {
    return Optional.ofNullable(known.get(run));
  }

  Set<String> names() {
    return Set.copyOf(known.keySet());
  }

  void put(String run, Known next) {
    known.put(run, next);
  }

  void forget(String run) {
    known.remove(run);
    wakeAt.remove(run);
  }

  void wakeAt(String run, Instant time) {
    wakeAt.put(run, time);
    wakes.add(new Wake(time, run));
  }

  /** When the next one wants to be woken. */
  Optional<Instant> nextWake() {
    while (!wakes.isEmpty() && !isValid(wakes.peek())) {
      wakes.remove();
    }
    return Optional.ofNullable(wakes.peek()).map(Wake::time);
  }

  /** Those whose time has come; each is told once. */
  List<String> due(Instant now) {
    List<String> due = new ArrayList<>();
    while (nextWake().filter(time -> !time.isAfter(now)).isPresent()) {
      Wake wake = wakes.remove();
      wakeAt.remove(wake.run());
      due.add(wake.run());
    }
    return due;
  }

  private boolean isValid(Wake wake) {
    return wake.time().equals(wakeAt.get(wake.run()));
  }
}
