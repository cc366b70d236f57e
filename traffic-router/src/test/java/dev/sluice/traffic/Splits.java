package dev.sluice.traffic;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficDesired;
import java.util.List;
import java.util.Map;

/** Wanted splits of one Rollout. */
public final class Splits {

  public static final String UID = "5a0c1c3e-7d0f-4c54-9a0e-2f6f1d3c9b11";

  private Splits() {}

  public static TrafficDesired split(long epoch, long seq, int weight) {
    return split(UID, "checkout-service", new Fence(epoch, seq), weight);
  }

  public static TrafficDesired split(String uid, String rollout, Fence fence, int weight) {
    return split(uid, "shop", rollout, fence, weight);
  }

  public static TrafficDesired split(
      String uid, String namespace, String rollout, Fence fence, int weight) {
    return new TrafficDesired(
        uid,
        namespace,
        rollout,
        fence,
        new TrafficDesired.Router.Nginx(
            List.of("checkout"), "nginx.ingress.kubernetes.io", Map.of(), Map.of(), false),
        new TrafficDesired.Destination("checkout-stable", "674d8cf959"),
        new TrafficDesired.Destination("checkout-canary", "6b56c8cdb4"),
        weight,
        100,
        List.of(),
        List.of(),
        null);
  }
}
