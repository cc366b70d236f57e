package dev.sluice.orchestrator.kubernetes.world;

import dev.sluice.events.EventChain;
import dev.sluice.events.Message;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Decider;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.EventLog;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Projections;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts;
import dev.sluice.orchestrator.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The real decisions, kept in maps: what is committed here is gone with the test. */
public final class MemoryStore implements Intake, Rollouts, Projections, EventLog, AutoCloseable {

  private final Map<String, Committed> states = new TreeMap<>();
  private final Map<String, List<RolloutEvent>> logs = new TreeMap<>();
  private final Map<String, Projected> projections = new TreeMap<>();
  private final Set<String> inbox = new HashSet<>();
  private final List<Consumer<Committed>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Message>> neighbours = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("memory-store").factory());

  /** Calls a neighbour with each message of a decision, after the commit. */
  public void tell(Consumer<Message> neighbour) {
    neighbours.add(neighbour);
  }

  @Override
  public CompletionStage<Taken> take(Input input) {
    try {
      return CompletableFuture.completedStage(decide(input));
    } catch (RuntimeException failure) {
      return CompletableFuture.failedStage(failure);
    }
  }

  private synchronized Taken decide(Input input) {
    String uid = input.identity().uid();
    if (input.id() != null && !inbox.add(uid + input.source() + input.id())) {
      return Taken.REPEATED;
    }
    Instant now = Instant.now();
    Committed before =
        states.getOrDefault(uid, new Committed(Rollout.unknown(input.identity(), now), 0));
    Decision decision = Decider.on(before.rollout(), input.signal(), now);
    if (decision.next().equals(before.rollout()) && decision.outgoing().isEmpty()) {
      return Taken.IGNORED;
    }
    Committed after = new Committed(decision.next(), before.version() + 1);
    states.put(uid, after);
    decision.entries().forEach(entry -> append(input, entry, now));
    listeners.forEach(listener -> listener.accept(after));
    decision.timers().forEach((name, at) -> arm(input.identity(), name, at));
    for (Decision.Outgoing outgoing : decision.outgoing()) {
      if (outgoing instanceof Decision.Outgoing.Publish(_, Message message)) {
        timer.execute(() -> neighbours.forEach(neighbour -> neighbour.accept(message)));
      }
    }
    return Taken.DECIDED;
  }

  private void append(Input input, Decision.Entry entry, Instant now) {
    List<RolloutEvent> log =
        logs.computeIfAbsent(input.identity().uid(), _ -> new CopyOnWriteArrayList<>());
    log.add(
        EventChain.chained(
            new RolloutEvent(
                input.identity().uid(),
                input.identity().namespace(),
                input.identity().name(),
                entry.seq(),
                entry.epoch(),
                now,
                String.valueOf(input.actor()),
                input.source(),
                entry.fact(),
                "",
                ""),
            log.isEmpty() ? EventChain.START : log.getLast().hash()));
  }

  // Firing one that is not due any more changes nothing.
  private void arm(Identity identity, String name, Instant at) {
    long delay = Math.max(0, Duration.between(Instant.now(), at).toMillis() + 1);
    if (!timer.isShutdown()) {
      timer.schedule(
          () -> decide(new Input(identity, "timer", null, null, new Signal.TimerFired(name))),
          delay,
          TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized Optional<Committed> find(String uid) {
    return Optional.ofNullable(states.get(uid));
  }

  @Override
  public synchronized List<Committed> all() {
    return states.values().stream()
        .filter(committed -> !(committed.rollout().progress() instanceof Progress.Gone))
        .toList();
  }

  @Override
  public void onCommit(Consumer<Committed> listener) {
    listeners.add(listener);
  }

  /** Nobody listens any more: the service has ended. */
  public void forgetListeners() {
    listeners.clear();
  }

  @Override
  public synchronized CompletionStage<Optional<Projected>> load(String uid) {
    return CompletableFuture.completedStage(Optional.ofNullable(projections.get(uid)));
  }

  @Override
  public synchronized CompletionStage<Void> save(String uid, String resourceVersion, String json) {
    projections.put(uid, new Projected(resourceVersion, json));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<List<RolloutEvent>> after(String uid, long after, int limit) {
    return CompletableFuture.completedStage(
        logs.getOrDefault(uid, List.of()).stream()
            .filter(entry -> entry.seq() > after)
            .limit(limit)
            .toList());
  }

  /** All facts of a Rollout's log. */
  public synchronized List<RolloutFact> facts(String uid) {
    return new ArrayList<>(
        logs.getOrDefault(uid, List.of()).stream().map(RolloutEvent::fact).toList());
  }

  /** All entries of a Rollout's log. */
  public synchronized List<RolloutEvent> log(String uid) {
    return new ArrayList<>(logs.getOrDefault(uid, List.of()));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
