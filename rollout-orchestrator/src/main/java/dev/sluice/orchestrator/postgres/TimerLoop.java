package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Rollouts;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Timers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Fires what is due. It sleeps until the next moment that it knows of: from its own commits at
 * once, from those of others by a look at the table every second. Several instances fire the same
 * timer; the inbox lets one of them have an effect.
 */
@ApplicationScoped
class TimerLoop {

  private static final Logger LOG = Logger.getLogger(TimerLoop.class);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 500;

  private final Database database;
  private final Intake intake;
  private final Set<TimerKey> inFlight = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("timers").daemon().factory());
  private ScheduledFuture<?> alarm;
  private Instant alarmAt = Instant.MAX;

  private record TimerKey(String uid, String timer, Instant fireAt) {}

  @Inject
  TimerLoop(Database database, Intake intake) {
    this.database = database;
    this.intake = intake;
  }

  void start(Rollouts rollouts) {
    rollouts.onCommit(committed ->
        Timers.of(committed.rollout()).values().stream()
            .min(Instant::compareTo)
            .ifPresent(this::arm));
    arm(Instant.now());
  }

  @PreDestroy
  void stop() {
    clock.shutdownNow();
  }

  /** Wakes at this moment, if not before. */
  private synchronized void arm(Instant moment) {
    if (moment.isBefore(alarmAt) && !clock.isShutdown()) {
      if (alarm != null) {
        alarm.cancel(false);
      }
      alarmAt = moment;
      long nanos = Math.max(0, Duration.between(Instant.now(), moment).toNanos());
      alarm = clock.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void look() {
    Instant now = Instant.now();
    synchronized (this) {
      alarm = null;
      alarmAt = Instant.MAX;
    }
    database
        .reading(session -> next(session, now.plus(SWEEP)))
        .whenComplete((timers, failure) -> {
          if (failure == null) {
            timers.forEach(this::fireOrArm);
          } else {
            LOG.debugf("cannot read the timers: %s", failure);
          }
          arm(now.plus(SWEEP));
        });
  }

  private static Uni<List<TimerRow>> next(
      org.hibernate.reactive.mutiny.Mutiny.StatelessSession session, Instant horizon) {
    return session
        .createQuery("from TimerRow where fireAt <= :horizon order by fireAt", TimerRow.class)
        .setParameter("horizon", horizon)
        .setMaxResults(MOST_AT_ONCE)
        .getResultList();
  }

  private void fireOrArm(TimerRow timer) {
    if (timer.fireAt.isAfter(Instant.now())) {
      arm(timer.fireAt);
    } else {
      fire(new TimerKey(timer.uid, timer.timerId, timer.fireAt));
    }
  }

  private void fire(TimerKey timer) {
    if (!inFlight.add(timer)) {
      return;
    }
    intake
        .take(
            new Intake.Input(
                new Identity(timer.uid(), "", ""),
                "timer",
                timer.timer() + "@" + timer.fireAt(),
                null,
                new Signal.TimerFired(timer.timer())))
        .whenComplete((_, failure) -> {
          inFlight.remove(timer);
          if (failure != null) {
            LOG.warnf("timer %s of %s fires again: %s", timer.timer(), timer.uid(), failure);
          }
        });
  }
}
