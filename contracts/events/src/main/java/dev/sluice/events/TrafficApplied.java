package dev.sluice.events;

import java.time.Instant;
import java.util.List;

/**
 * What became of a wanted split.
 *
 * @param uid the Rollout
 * @param namespace of the Rollout
 * @param name of the Rollout
 * @param fence of the {@link TrafficDesired} that this answers
 * @param outcome what the router found or did
 * @param at when
 */
public record TrafficApplied(
    String uid, String namespace, String name, Fence fence, Outcome outcome, Instant at)
    implements Message {

  /** The router's answer. */
  public sealed interface Outcome {

    /**
     * Written, read back, and equal to what was wanted.
     *
     * @param weight of the canary, as read back
     * @param previousWeight before this write, or -1 where the object is new
     * @param objects the route objects as read back
     */
    record Applied(int weight, int previousWeight, List<RouteObject> objects) implements Outcome {

      /** Copies the list. */
      public Applied {
        objects = List.copyOf(objects);
      }
    }

    /**
     * Dropped: the route carries a higher fence.
     *
     * @param found the fence on the route
     */
    record Superseded(Fence found) implements Outcome {}

    /**
     * Not written; it is tried again with backoff.
     *
     * @param message what is wrong and where
     * @param since the first failure of this row
     */
    record Failed(String message, Instant since) implements Outcome {}
  }

  /**
   * A route object as it was read back.
   *
   * @param kind for instance {@code Ingress}
   * @param name of the object
   * @param resourceVersion that was read
   * @param weight of the canary in it
   * @param created whether this very write created it
   * @param changed whether this very write changed it
   */
  public record RouteObject(
      String kind,
      String name,
      String resourceVersion,
      int weight,
      boolean created,
      boolean changed) {}

  @Override
  public String key() {
    return uid;
  }
}
