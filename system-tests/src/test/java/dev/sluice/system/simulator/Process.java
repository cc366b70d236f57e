package dev.sluice.system.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A process of a service. It dies, forgets everything and starts again; or it sleeps, and wakes
 * with all that it knew, while others have taken over.
 */
final class Process {

  private final String name;
  private final String service;
  private final Ground ground;
  private final List<Runnable> starts = new ArrayList<>();
  private final List<Runnable> absences = new ArrayList<>();
  private final RandomGenerator chance;
  private long life;
  private boolean up = true;
  private Instant awakeAt = Schedule.START;

  Process(String name, Ground ground) {
    this.name = name;
    this.ground = ground;
    chance = ground.chaos().own(name);
    service = name.replaceAll("[0-9]+$", "");
  }

  String name() {
    return name;
  }

  /** What it does whenever it starts. */
  void onStart(Runnable work) {
    starts.add(work);
  }

  /** What others do when it does not answer any more. */
  void onAbsence(Runnable work) {
    absences.add(work);
  }

  void start() {
    up = true;
    starts.forEach(Runnable::run);
  }

  /** Whether it answers. */
  boolean isPresent() {
    return up && !ground.now().isBefore(awakeAt);
  }

  boolean isUp() {
    return up;
  }

  /** Which of its lives this is. */
  long life() {
    return life;
  }

  /** Does this after a while, unless it dies before. */
  void later(Duration delay, Runnable work) {
    later(life, delay, work);
  }

  /** Does this after a while, if it has that life still: an answer to one that died is nobody's. */
  void later(long mine, Duration delay, Runnable work) {
    ground.schedule().after(delay, () -> run(mine, work));
  }

  void log(java.util.function.Supplier<String> what) {
    ground.trace().line(name, what);
  }

  private void run(long mine, Runnable work) {
    if (mine != life || !up) {
      return;
    }
    if (ground.now().isBefore(awakeAt) || sleeps()) {
      ground.schedule().at(awakeAt, () -> run(mine, work));
      return;
    }
    ground.chaos().apart(chance, work);
  }

  private boolean sleeps() {
    if (!ground.chaos().strikesAt(service, Fault.SLEEP)) {
      return false;
    }
    Duration length = ground.trouble(Duration.ofSeconds(ground.chaos().between(2, 45)));
    awakeAt = ground.now().plus(length);
    log(() -> "sleeps for " + length.toSeconds() + " s");
    absences.forEach(Runnable::run);
    return true;
  }

  /** Whether it dies here. Then the caller stops at once. */
  boolean crashes(Fault point) {
    if (!ground.chaos().strikesAt(service, point)) {
      return false;
    }
    Duration length = ground.trouble(Duration.ofMillis(ground.chaos().between(300, 8_000)));
    log(() -> "dies: " + point);
    up = false;
    life++;
    absences.forEach(Runnable::run);
    ground
        .schedule()
        .after(
            length,
            () -> {
              log(() -> "starts again");
              start();
            });
    return true;
  }
}
