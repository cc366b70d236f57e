package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.Api;
import dev.sluice.events.RolloutEvent;
import dev.sluice.orchestrator.EventLog;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Rollouts;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import dev.sluice.orchestrator.kubernetes.event.EventManifest;
import dev.sluice.orchestrator.kubernetes.event.Narrator;
import dev.sluice.orchestrator.kubernetes.event.Told;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Retells each Rollout's log as Kubernetes Events. It reads the committed log behind what was told,
 * so a crash loses none; names follow from the entries, so a repetition changes nothing.
 */
final class EventWriter {

  private static final int BATCH = 100;

  // So much of the log leads up to any entry that is to be told.
  private static final long CONTEXT = 100;

  private final Writes writes;
  private final EventLog log;
  private final Rollouts rollouts;
  private final Map<String, Narration> narrations = new ConcurrentHashMap<>();

  private static final class Narration {
    final Narrator narrator = new Narrator();
    long read;

    Narration(long after) {
      read = Math.max(0, after);
    }
  }

  EventWriter(Writes writes, EventLog log, Rollouts rollouts) {
    this.writes = writes;
    this.log = log;
    this.rollouts = rollouts;
  }

  /** Tells what was not told yet. */
  void tell(String uid, ObjectReference object, StatusMemory memory) throws Exception {
    try {
      tellAll(uid, object, memory);
    } catch (Exception failure) {
      // The narrator may be ahead of what was told: the next one reads its context again.
      narrations.remove(uid);
      throw failure;
    }
  }

  private void tellAll(String uid, ObjectReference object, StatusMemory memory) throws Exception {
    Narration narration =
        narrations.computeIfAbsent(uid, _ -> new Narration(memory.told() - CONTEXT));
    while (memory.told() < newest(uid)) {
      List<RolloutEvent> entries = Waiting.on(log.after(uid, narration.read, BATCH));
      if (entries.isEmpty()) {
        return;
      }
      for (RolloutEvent entry : entries) {
        List<Told> told = narration.narrator.tell(entry);
        narration.read = entry.seq();
        if (entry.seq() > memory.told()) {
          write(object, entry, told);
          memory.told(entry.seq());
        }
      }
    }
  }

  private long newest(String uid) {
    return rollouts.find(uid).map(committed -> committed.rollout().seq()).orElse(0L);
  }

  void forget(String uid) {
    narrations.remove(uid);
  }

  private void write(ObjectReference object, RolloutEvent entry, List<Told> told) {
    for (Told each : told) {
      // Not by place: which details are told depends on where the narrator began to read.
      write(object, entry.seq() + ":" + each.reason() + ":" + each.message(), each, entry.at());
    }
  }

  /** Writes one Event; one that is there already stays. */
  void write(ObjectReference object, String cause, Told told, Instant at) {
    try {
      writes.create(EventManifest.of(object, cause, told, at));
    } catch (Conflict there) {
      // Told before, or its namespace is going.
    }
  }

  static ObjectReference reference(Identity rollout) {
    return new ObjectReferenceBuilder()
        .withApiVersion(Api.API_VERSION)
        .withKind("Rollout")
        .withNamespace(rollout.namespace())
        .withName(rollout.name())
        .withUid(rollout.uid())
        .build();
  }

  static ObjectReference reference(HasMetadata object) {
    return new ObjectReferenceBuilder()
        .withApiVersion(object.getApiVersion())
        .withKind(object.getKind())
        .withNamespace(object.getMetadata().getNamespace())
        .withName(object.getMetadata().getName())
        .withUid(object.getMetadata().getUid())
        .build();
  }
}
