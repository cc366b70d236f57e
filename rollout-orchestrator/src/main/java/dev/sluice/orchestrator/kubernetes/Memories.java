package dev.sluice.orchestrator.kubernetes;

import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.StatusView;
import dev.sluice.orchestrator.kubernetes.status.StatusQueue;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What is remembered of each Rollout that lives, and which Rollouts were decided about where. */
final class Memories {

  private final Predicate<String> isWatched;
  private final InstantSource clock;
  private final Map<String, StatusMemory> byUid = new HashMap<>();
  private final Map<RolloutKey, Map<String, Identity>> byKey = new HashMap<>();

  /**
   * Remembers nothing yet.
   *
   * @param isWatched whether a namespace is watched: what is not would look deleted
   */
  Memories(Predicate<String> isWatched, InstantSource clock) {
    this.isWatched = isWatched;
    this.clock = clock;
  }

  synchronized StatusMemory of(String uid) {
    return byUid.computeIfAbsent(uid, _ -> new StatusMemory());
  }

  /** A state was committed: it is to be shown, or the Rollout is gone. */
  synchronized void committed(Rollout state) {
    known(state);
    // Before the first decision there is nothing to show.
    if (state.seq() > 0 && !(state.progress() instanceof Progress.Gone)) {
      of(state.identity().uid())
          .queue
          .add(
              new StatusQueue.Pending(
                  StatusView.of(state), state.lastProgressAt(), clock.instant()));
    }
  }

  /** A state is known, whether it is new or not. */
  synchronized void known(Rollout state) {
    Identity identity = state.identity();
    RolloutKey key = RolloutKey.of(identity);
    if (!isWatched.test(identity.namespace())) {
      return;
    }
    Map<String, Identity> here = byKey.computeIfAbsent(key, _ -> new TreeMap<>());
    if (state.progress() instanceof Progress.Gone) {
      here.remove(identity.uid());
    } else {
      here.put(identity.uid(), identity);
    }
    if (here.isEmpty()) {
      byKey.remove(key);
    }
  }

  /** The Rollouts that were decided about at this place and are not known to be gone. */
  synchronized List<Identity> known(RolloutKey key) {
    return List.copyOf(byKey.getOrDefault(key, Map.of()).values());
  }

  /** The places of all Rollouts that are not known to be gone. */
  synchronized Set<RolloutKey> keys() {
    return Set.copyOf(byKey.keySet());
  }

  /** Nothing more is shown or told of this one. */
  synchronized void forget(String uid) {
    byUid.remove(uid);
  }
}
