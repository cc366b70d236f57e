package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.MessageCodec;
import dev.sluice.orchestrator.Projections;
import dev.sluice.orchestrator.kubernetes.command.CommandFields;
import dev.sluice.orchestrator.kubernetes.status.StatusQueue;
import java.util.List;

/**
 * What is remembered of one Rollout's status: what is still to be shown, what was written last, and
 * how much of the log was told. A writing is remembered before it is sent, so that after a crash it
 * is known to be ours whether it arrived or not.
 */
final class StatusMemory {

  private static final ObjectMapper MAPPER = MessageCodec.mapper();

  final StatusQueue queue = new StatusQueue();
  private List<CommandFields> ours = List.of();
  private volatile long told;
  private boolean loaded;

  /** As it is stored. */
  record Stored(List<CommandFields> ours, long told) {}

  /** Reads what an earlier instance remembered; once is enough. */
  synchronized void load(Projections projections, String uid) throws Exception {
    if (loaded) {
      return;
    }
    Stored stored = new Stored(List.of(), 0);
    var projected = Waiting.on(projections.load(uid));
    if (projected.isPresent()) {
      stored = MAPPER.readValue(projected.get().json(), Stored.class);
    }
    ours = stored.ours();
    told = Math.max(told, stored.told());
    loaded = true;
  }

  /** What we may have written last; two where the end of a writing is not known. */
  synchronized List<CommandFields> ours() {
    return ours;
  }

  /** What is there was read, and commands were taken out of it. */
  synchronized void read(CommandFields seen) {
    ours = List.of(seen);
  }

  /** This is about to be written. Stores it where others must not take it for somebody else's. */
  synchronized void begin(
      Projections projections, String uid, String resourceVersion, CommandFields next)
      throws Exception {
    if (ours.size() == 1 && ours.getFirst().equals(next)) {
      return;
    }
    List<CommandFields> both = ours.isEmpty() ? List.of(next) : List.of(ours.getLast(), next);
    Waiting.on(projections.save(uid, resourceVersion, json(new Stored(both, told))));
    ours = both;
  }

  /** It was written. */
  synchronized void end(CommandFields next) {
    ours = List.of(next);
  }

  long told() {
    return told;
  }

  void told(long seq) {
    told = seq;
  }

  private static String json(Stored stored) {
    try {
      return MAPPER.writeValueAsString(stored);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
