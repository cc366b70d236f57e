package dev.sluice.traffic;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficApplied.RouteObject;
import java.util.List;
import java.util.Map;

/** How one attempt to apply a wanted split ended. */
public sealed interface Attempt {

  /**
   * Read back, and equal to what was wanted.
   *
   * @param weight of the canary, as read back
   * @param previousWeight before the first write; equal to {@code weight} where nothing was
   *     written, -1 where the object is new
   * @param objects the route objects as read back
   * @param versions resourceVersion by name of all objects that it was computed from
   * @param foreign whether somebody else had changed what we wrote
   */
  record Applied(
      int weight,
      int previousWeight,
      List<RouteObject> objects,
      Map<String, String> versions,
      boolean foreign)
      implements Attempt {

    /** Copies list and map. */
    public Applied {
      objects = List.copyOf(objects);
      versions = Map.copyOf(versions);
    }

    boolean wrote() {
      return objects.stream().anyMatch(object -> object.created() || object.changed());
    }
  }

  /** Dropped: the route carries a newer decision. */
  record Superseded(Fence found) implements Attempt {}

  /** Dropped: the log of wanted splits holds another one, or none. */
  record Overtaken() implements Attempt {}

  /** Not done; the message says what is wrong and where. */
  record Failed(String message) implements Attempt {}
}
