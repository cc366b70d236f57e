package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Sizes;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import dev.sluice.orchestrator.kubernetes.Writes.Refused;
import dev.sluice.orchestrator.kubernetes.specification.TemplateHash;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Makes the ReplicaSets of a Rollout what its state asks for. */
final class ReplicaSetWriter {

  private static final Logger LOG = Logger.getLogger(ReplicaSetWriter.class);

  // Nobody tells when a quota has room again.
  private static final Duration UNTIL_ALLOWED = Duration.ofSeconds(10);

  private final ClusterObjects objects;
  private final Writes writes;
  private final InstantSource clock;
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

  ReplicaSetWriter(ClusterObjects objects, Writes writes, InstantSource clock) {
    this.objects = objects;
    this.writes = writes;
    this.clock = clock;
  }

  private record Refusal(String podHash, Instant until) {}

  /**
   * What came of creating.
   *
   * @param changed whether the ReplicaSet was missing
   * @param news why it cannot be created; empty where that is known
   * @param rest when to try again; zero for never
   */
  record Creation(boolean changed, Optional<Signal> news, Duration rest) {

    private static final Creation NOTHING = new Creation(false, Optional.empty(), Duration.ZERO);
  }

  /** Creates the wanted revision's ReplicaSet, without pods, where it is missing. */
  Creation create(Subject subject) throws Conflict, Outdated {
    dev.sluice.orchestrator.Rollout state = subject.state();
    String podHash = state.revision().podHash();
    List<ReplicaSet> owned = owned(subject.uid());
    boolean exists = owned.stream().anyMatch(r -> ClusterReader.podHash(r).equals(podHash));
    if (exists || !state.problem().isEmpty()) {
      return Creation.NOTHING;
    }
    Refusal last = refusals.get(subject.uid());
    Instant now = clock.instant();
    if (last != null && last.podHash().equals(podHash) && now.isBefore(last.until())) {
      return new Creation(false, Optional.empty(), Duration.between(now, last.until()));
    }
    Rollout manifest = subject.resolved();
    // Another template than the decided one is in the Rollout: its observation is on its way.
    if (manifest.getSpec().template == null || !TemplateHash.of(manifest, owned).equals(podHash)) {
      return Creation.NOTHING;
    }
    subject.requireCurrent();
    ReplicaSet wanted = ReplicaSets.create(manifest, state);
    try {
      objects.replicaSets.wrote(writes.createIfAllowed(wanted));
    } catch (Conflict taken) {
      resolve(subject, wanted);
    } catch (Refused refused) {
      return refused(subject, podHash, refused.getMessage());
    }
    refusals.remove(subject.uid());
    return new Creation(true, Optional.empty(), Duration.ZERO);
  }

  private Creation refused(Subject subject, String podHash, String message) {
    refusals.put(subject.uid(), new Refusal(podHash, clock.instant().plus(UNTIL_ALLOWED)));
    boolean isKnown = message.equals(subject.state().refusal());
    return new Creation(
        false,
        isKnown ? Optional.empty() : Optional.of(new Signal.ReplicaSetRefused(podHash, message)),
        UNTIL_ALLOWED);
  }

  /** This Rollout is gone. */
  void forget(String uid) {
    refusals.remove(uid);
  }

  /** Scales and marks what differs; says whether anything did. */
  boolean adjust(Subject subject) throws Conflict, Outdated {
    Map<String, Integer> sizes = Sizes.of(subject.state());
    boolean changed = false;
    for (ReplicaSet seen : owned(subject.uid())) {
      Integer size = sizes.get(ClusterReader.podHash(seen));
      boolean isGoing = seen.getMetadata().getDeletionTimestamp() != null;
      if (size == null || isGoing || !isDecidedAbout(subject.state(), seen)) {
        continue;
      }
      ObjectNode patch = ReplicaSets.difference(subject.manifest(), subject.state(), seen, size);
      if (!patch.isEmpty()) {
        subject.requireCurrent();
        writes.merge(objects.replicaSets, seen, patch);
        changed = true;
      }
    }
    return changed;
  }

  // A size is held or lowered from the one that the decision knew: of another one a decision is on
  // its way.
  private static boolean isDecidedAbout(dev.sluice.orchestrator.Rollout state, ReplicaSet seen) {
    String podHash = ClusterReader.podHash(seen);
    return state.cluster().has(podHash)
        && state.cluster().wanted(podHash) == ClusterReader.wanted(seen);
  }

  List<ReplicaSet> owned(String uid) {
    return objects.replicaSets.byIndex(ClusterObjects.BY_OWNER, uid);
  }

  // The name is taken. By ourselves: the watch had not shown it yet. By somebody else: two
  // templates
  // have one hash, and the next number of collisions gives another hash.
  private void resolve(Subject subject, ReplicaSet wanted) throws Conflict {
    Optional<ReplicaSet> there = writes.read(wanted);
    if (there.isEmpty()) {
      return;
    }
    if (ClusterObjects.owner(there.get()).equals(subject.uid())) {
      objects.replicaSets.wrote(there.get());
      return;
    }
    if (isGoing(subject, there.get())) {
      throw new IllegalStateException(
          "waits until the ReplicaSet "
              + wanted.getMetadata().getName()
              + " of the Rollout that had this name before is gone");
    }
    Rollout manifest = subject.manifest();
    Integer before = manifest.getStatus() == null ? null : manifest.getStatus().collisionCount;
    int count = before == null ? 1 : before + 1;
    LOG.warnf(
        "%s: the name %s is taken by another's ReplicaSet: collision %d",
        subject.key(), wanted.getMetadata().getName(), count);
    ObjectNode status = JsonNodeFactory.instance.objectNode().put("collisionCount", count);
    subject.wrote(writes.mergeStatus(manifest, status));
    objects.rollouts.wrote(subject.manifest());
  }

  private static boolean isGoing(Subject subject, ReplicaSet there) {
    return there.getMetadata().getDeletionTimestamp() != null
        || there.getMetadata().getOwnerReferences().stream()
            .anyMatch(owner ->
                owner.getKind().equals("Rollout") && owner.getName().equals(subject.key().name()));
  }
}
