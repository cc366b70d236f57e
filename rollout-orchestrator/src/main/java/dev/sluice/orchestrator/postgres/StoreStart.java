package dev.sluice.orchestrator.postgres;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Timers;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hibernate.LockMode;
import org.jboss.logging.Logger;

/**
 * The store comes first: when the other edges start, every committed state is known. Then what
 * others may have lost is said again, and what has to be done every now and then is done.
 */
@ApplicationScoped
class StoreStart {

  /** Observers of the start with a higher number find the states of all Rollouts. */
  static final int PRIORITY = 100;

  private static final Logger LOG = Logger.getLogger(StoreStart.class);
  private static final long START_SECONDS = 60;

  @Inject Database database;
  @Inject CommittedRollouts rollouts;
  @Inject ForeignCommits foreignCommits;
  @Inject TimerLoop timers;
  @Inject Pruner pruner;
  @Inject OutboxLag outboxLag;
  @Inject Intake intake;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("store").daemon().factory());

  void start(@Observes @Priority(PRIORITY) StartupEvent event) throws Exception {
    foreignCommits.look().get(START_SECONDS, TimeUnit.SECONDS);
    LOG.infof("%d Rollouts", rollouts.all().size());
    rearm(rollouts.all()).get(START_SECONDS, TimeUnit.SECONDS);
    timers.start(rollouts);
    rollouts.all().stream()
        .map(Committed::rollout)
        .filter(rollout -> !isSettled(rollout))
        .forEach(this::sayAgain);
    repeat(foreignCommits::look, "look for commits of others", 1);
    repeat(outboxLag::look, "count the messages that wait", 5);
    repeat(() -> pruner.prune(Instant.now()), "prune", 60);
  }

  @PreDestroy
  void stop() {
    clock.shutdownNow();
  }

  // The program may have changed since a state was stored, and with it what is due when.
  private CompletableFuture<Void> rearm(List<Committed> all) {
    return database
        .reading(session -> session.createQuery("from TimerRow", TimerRow.class).getResultList())
        .thenCompose(rows -> {
          Map<String, Set<TimerRow.Armed>> armed =
              rows.stream().collect(groupingBy(row -> row.uid, mapping(TimerRow::armed, toSet())));
          return CompletableFuture.allOf(
              all.stream()
                  .map(Committed::rollout)
                  .filter(rollout ->
                      !TimerRow.armed(Timers.of(rollout))
                          .equals(armed.getOrDefault(rollout.identity().uid(), Set.of())))
                  .map(this::rearm)
                  .toArray(CompletableFuture[]::new));
        });
  }

  private CompletableFuture<Void> rearm(Rollout rollout) {
    return database.inTransaction(session ->
        session
            .find(RolloutRow.class, rollout.identity().uid(), LockMode.PESSIMISTIC_WRITE)
            .chain(row -> {
              Rollout stored = row.rollout();
              return TimerTable.replace(session, stored, Timers.of(stored));
            }));
  }

  private static boolean isSettled(Rollout rollout) {
    return !rollout.isKnown()
        || rollout.progress() instanceof Progress.Settled
            && rollout.route().asked().isEmpty()
            && rollout.runs().isEmpty()
            && rollout.setAside().isEmpty();
  }

  private void sayAgain(Rollout rollout) {
    intake
        .take(
            new Intake.Input(
                rollout.identity(), "start", null, null, new Signal.RepublishRequested()))
        .whenComplete((_, failure) -> {
          if (failure != null) {
            LOG.errorf(failure, "cannot say again what %s wants", rollout.identity());
          }
        });
  }

  // The next one starts a while after the last one has ended, however it ended.
  private void repeat(Supplier<CompletionStage<?>> work, String what, long seconds) {
    clock.schedule(
        () ->
            work.get()
                .whenComplete((_, failure) -> {
                  if (failure != null) {
                    LOG.warnf("cannot %s: %s", what, failure);
                  }
                  if (!clock.isShutdown()) {
                    repeat(work, what, seconds);
                  }
                }),
        seconds,
        TimeUnit.SECONDS);
  }
}
