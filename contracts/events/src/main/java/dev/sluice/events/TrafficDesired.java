package dev.sluice.events;

import java.util.List;
import java.util.Map;

/**
 * The whole wanted state of a Rollout's route. The last record of a key holds; a router drops one
 * whose fence is below the route's.
 *
 * @param uid the Rollout
 * @param namespace of the Rollout and of its route objects
 * @param name of the Rollout
 * @param fence the decision that wants it; written on the route with the weight
 * @param router the route objects
 * @param stable takes what the canary does not
 * @param canary takes the weight
 * @param weight of the canary, 0 to {@code maxWeight}
 * @param maxWeight 100 unless the Rollout says otherwise
 * @param additional further destinations, each with its weight; empty unless an experiment runs
 * @param managedRoutes names of header and mirror routes, first has precedence
 * @param routes those of them that are to be in force, in this order; a name that is not among them
 *     is to have no route. Null if there are none
 */
public record TrafficDesired(
    String uid,
    String namespace,
    String name,
    Fence fence,
    Router router,
    Destination stable,
    Destination canary,
    int weight,
    int maxWeight,
    List<WeightedDestination> additional,
    List<String> managedRoutes,
    @Nullable List<ManagedRoute> routes)
    implements Message {

  /**
   * Where traffic goes.
   *
   * @param service the Service's name
   * @param podHash the hash that its selector is meant to have; empty before the first deployment
   */
  public record Destination(String service, String podHash) {}

  /**
   * A destination beside stable and canary.
   *
   * @param service the Service's name
   * @param podHash the hash of its pods
   * @param weight in parts of {@code maxWeight}
   */
  public record WeightedDestination(String service, String podHash, int weight) {}

  /** The route objects of one traffic router. */
  public sealed interface Router {

    /**
     * ingress-nginx: a canary Ingress beside each stable one.
     *
     * @param stableIngresses at least one
     * @param annotationPrefix without slash
     * @param additionalIngressAnnotations the prefix is added to keys that lack it
     * @param canaryIngressAnnotations verbatim
     * @param writeMaxWeight whether to write {@code canary-weight-total}
     */
    record Nginx(
        List<String> stableIngresses,
        String annotationPrefix,
        Map<String, String> additionalIngressAnnotations,
        Map<String, String> canaryIngressAnnotations,
        boolean writeMaxWeight)
        implements Router {

      /** Copies list and maps. */
      public Nginx {
        stableIngresses = List.copyOf(stableIngresses);
        additionalIngressAnnotations = Map.copyOf(additionalIngressAnnotations);
        canaryIngressAnnotations = Map.copyOf(canaryIngressAnnotations);
      }
    }
  }

  /** Checks the weight's range. */
  public TrafficDesired {
    additional = List.copyOf(additional);
    managedRoutes = List.copyOf(managedRoutes);
    routes = routes == null ? null : List.copyOf(routes);
    if (weight < 0 || weight > maxWeight) {
      throw new IllegalArgumentException("weight " + weight + " is not in 0.." + maxWeight);
    }
  }

  @Override
  public String key() {
    return uid;
  }
}
