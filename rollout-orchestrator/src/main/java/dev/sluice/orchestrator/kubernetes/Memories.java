package dev.sluice.orchestrator.kubernetes;

import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.StatusView;
import dev.sluice.orchestrator.kubernetes.status.StatusQueue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is remembered of each Rollout that lives, and which Rollouts were decided about where. */
final class Memories {

  private final Map<String, StatusMemory> byUid = new HashMap<>();
  private final Map<RolloutKey, Map<String, Identity>> byKey = new HashMap<>();

  synchronized StatusMemory of(String uid) {
    return byUid.computeIfAbsent(uid, _ -> new StatusMemory());
  }

  /** A state was committed: it is to be shown, or the Rollout is gone. */
  synchronized void committed(Rollout state) {
    known(state);
    if (!(state.progress() instanceof Progress.Gone)) {
      of(state.identity().uid())
          .queue
          .add(new StatusQueue.Pending(StatusView.of(state), state.lastProgressAt()));
    }
  }

  /** A state is known, whether it is new or not. */
  synchronized void known(Rollout state) {
    Identity identity = state.identity();
    RolloutKey key = RolloutKey.of(identity);
    if (state.progress() instanceof Progress.Gone) {
      Map<String, Identity> here = byKey.getOrDefault(key, Map.of());
      if (here.size() <= 1) {
        byKey.remove(key);
      } else {
        here.remove(identity.uid());
      }
    } else {
      byKey.computeIfAbsent(key, _ -> new TreeMap<>()).put(identity.uid(), identity);
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
