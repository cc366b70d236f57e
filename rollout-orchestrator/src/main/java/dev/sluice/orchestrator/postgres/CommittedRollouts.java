package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollouts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The newest committed states that this instance has seen, its own and those of others. */
@ApplicationScoped
class CommittedRollouts implements Rollouts {

  private static final Logger LOG = Logger.getLogger(CommittedRollouts.class);
  private static final int LOCKS = 64;

  private final Map<String, Committed> newest = new ConcurrentHashMap<>();
  private final List<Consumer<Committed>> listeners = new CopyOnWriteArrayList<>();
  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

  @Override
  public Optional<Committed> find(String uid) {
    return Optional.ofNullable(newest.get(uid));
  }

  @Override
  public List<Committed> all() {
    return newest.values().stream()
        .filter(committed -> !(committed.rollout().progress() instanceof Progress.Gone))
        .toList();
  }

  @Override
  public void onCommit(Consumer<Committed> listener) {
    listeners.add(listener);
  }

  /** A state was found to be committed. One that is not newer than the known one is ignored. */
  void committed(Committed committed) {
    String uid = committed.rollout().identity().uid();
    // Listeners see the commits of one Rollout in their order: they are called under its lock.
    synchronized (locks[Math.floorMod(uid.hashCode(), LOCKS)]) {
      if (isNewer(uid, committed.version())) {
        newest.put(uid, committed);
        listeners.forEach(listener -> call(listener, committed));
      }
    }
  }

  boolean isNewer(String uid, long version) {
    Committed known = newest.get(uid);
    return known == null || known.version() < version;
  }

  private static void call(Consumer<Committed> listener, Committed committed) {
    try {
      listener.accept(committed);
    } catch (RuntimeException e) {
      LOG.errorf(e, "a listener failed on %s", committed.rollout().identity());
    }
  }
}
