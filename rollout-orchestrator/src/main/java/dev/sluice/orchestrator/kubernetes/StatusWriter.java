package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Projections;
import dev.sluice.orchestrator.StatusView;
import dev.sluice.orchestrator.kubernetes.Writes.Conflict;
import dev.sluice.orchestrator.kubernetes.command.CommandFields;
import dev.sluice.orchestrator.kubernetes.status.StatusPatch;
import dev.sluice.orchestrator.kubernetes.status.StatusProjection;
import dev.sluice.orchestrator.kubernetes.status.StatusQueue.Pending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Shows the decided states in the Rollout's status, one after the other. Each writing is refused by
 * the server if somebody wrote since commands were read.
 */
final class StatusWriter {

  private final ClusterObjects objects;
  private final Writes writes;
  private final Projections projections;
  private final InstantSource clock;

  StatusWriter(
      ClusterObjects objects, Writes writes, Projections projections, InstantSource clock) {
    this.objects = objects;
    this.writes = writes;
    this.projections = projections;
    this.clock = clock;
  }

  /**
   * What came of it.
   *
   * @param written whether anything was
   * @param rest how long to wait with what is not urgent; zero if nothing is left
   */
  record Shown(boolean written, Duration rest) {}

  /** Shows what is due. */
  Shown show(Subject subject, StatusMemory memory) throws Exception {
    boolean written = false;
    while (true) {
      Instant now = clock.instant();
      Optional<Pending> due = memory.queue.next(now);
      // An empty queue is a level too: somebody may have written over what was shown.
      boolean isLevel = due.isEmpty();
      if (isLevel && !subject.isCurrent()) {
        return new Shown(written, Duration.ZERO);
      }
      Pending pending = due.orElseGet(() -> newest(subject, now));
      JsonNode seen = status(subject.manifest());
      ObjectNode wanted = StatusProjection.of(pending.view(), seen, pending.progressedAt(), now);
      ObjectNode patch = StatusPatch.between(seen, wanted);
      if (patch.isEmpty()) {
        memory.queue.done(pending, false);
      } else {
        Duration wait = memory.queue.delay(pending, now);
        if (!wait.isZero()) {
          return new Shown(written, wait);
        }
        write(subject, memory, patch, CommandFields.of(wanted));
        memory.queue.done(pending, true);
        written = true;
      }
      if (isLevel) {
        return new Shown(written, Duration.ZERO);
      }
    }
  }

  /** The command fields that would be written for the newest state. */
  static CommandFields would(Subject subject, Instant now) {
    Pending newest = newest(subject, now);
    return CommandFields.of(
        StatusProjection.of(
            newest.view(), JsonNodeFactory.instance.objectNode(), newest.progressedAt(), now));
  }

  /** The status of an object as JSON; an empty object if it has none. */
  static ObjectNode status(Rollout manifest) {
    return manifest.getStatus() == null
        ? JsonNodeFactory.instance.objectNode()
        : manifest.getStatus().json();
  }

  private static Pending newest(Subject subject, Instant now) {
    return new Pending(StatusView.of(subject.state()), subject.state().lastProgressAt(), now);
  }

  private void write(Subject subject, StatusMemory memory, ObjectNode patch, CommandFields fields)
      throws Exception {
    Rollout manifest = subject.manifest();
    memory.begin(projections, subject.uid(), manifest.getMetadata().getResourceVersion(), fields);
    try {
      Rollout written = writes.mergeStatus(manifest, patch);
      memory.end(fields);
      subject.wrote(written);
      objects.rollouts.wrote(written);
    } catch (Conflict conflict) {
      writes.read(manifest).ifPresent(objects.rollouts::wrote);
      throw conflict;
    }
  }
}
