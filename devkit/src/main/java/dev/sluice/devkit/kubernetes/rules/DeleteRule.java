package dev.sluice.devkit.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.BuiltInKinds;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.Trait;
import dev.sluice.devkit.kubernetes.object.Json;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;

/** Whether a deletion removes an object now or marks it for those who still need it. */
public final class DeleteRule {
  private static final Set<String> OVER = Set.of("Succeeded", "Failed");
  private static final int POD_GRACE_SECONDS = 30;

  private DeleteRule() {}

  /** What a deletion does. */
  public sealed interface Deletion {}

  /** It goes at once. */
  public record Remove() implements Deletion {}

  /** It stays, with a deletion time, until its finalizers are gone or its runner is done. */
  public record Mark(ObjectNode marked) implements Deletion {}

  /** It was marked before, and nothing changes. */
  public record AlreadyMarked() implements Deletion {}

  /**
   * @param asked grace period in seconds that the caller asked for
   */
  public static Deletion decide(
      Kind kind, ObjectNode stored, OptionalLong asked, Propagation propagation, Instant now) {
    ObjectNode object = propagation.mark(stored);
    long grace = kind.is(Trait.GRACEFUL_DELETION) ? grace(object, asked) : 0;
    boolean marked = object.path("metadata").has("deletionTimestamp");
    long running = object.at("/metadata/deletionGracePeriodSeconds").asLong(Long.MAX_VALUE);
    if (grace == 0 && !isHeld(kind, object)) {
      return new Remove();
    }
    if (marked && grace >= running && Json.same(stored, object)) {
      return new AlreadyMarked();
    }
    return new Mark(mark(kind, object, grace, now));
  }

  /** Whether an update took away the last thing that held a marked object back. */
  public static boolean isReleased(Kind kind, ObjectNode object) {
    return object.path("metadata").has("deletionTimestamp")
        && !isHeld(kind, object)
        && object.at("/metadata/deletionGracePeriodSeconds").asLong(0) == 0;
  }

  /** A namespace is also held by its spec, until everything in it is gone. */
  private static boolean isHeld(Kind kind, ObjectNode object) {
    boolean bySpec =
        kind.equals(BuiltInKinds.NAMESPACE) && !object.at("/spec/finalizers").isEmpty();
    return bySpec || !object.at("/metadata/finalizers").isEmpty();
  }

  private static ObjectNode mark(Kind kind, ObjectNode object, long grace, Instant now) {
    ObjectNode marked = object.deepCopy();
    ObjectNode metadata = Json.child(marked, "metadata");
    metadata.put("deletionTimestamp", Json.time(now.plusSeconds(grace)));
    metadata.put("deletionGracePeriodSeconds", grace);
    if (metadata.has("generation")) {
      metadata.put("generation", metadata.get("generation").asLong() + 1);
    }
    if (kind.equals(BuiltInKinds.NAMESPACE)) {
      Json.child(marked, "status").put("phase", "Terminating");
    }
    return marked;
  }

  /** Nobody runs a pod that is on no node or over: there is nothing to wait for. */
  private static long grace(ObjectNode pod, OptionalLong asked) {
    boolean runs =
        !Json.text(pod, "/spec/nodeName").isEmpty()
            && !OVER.contains(Json.text(pod, "/status/phase"));
    long own = pod.at("/spec/terminationGracePeriodSeconds").asLong(POD_GRACE_SECONDS);
    return runs ? asked.orElse(own) : 0;
  }
}
