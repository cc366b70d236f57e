package dev.sluice.orchestrator;

import dev.sluice.events.ManagedRoute;
import dev.sluice.events.TrafficDesired;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user wants, as far as decisions need it. The edge has validated it and filled in the
 * defaults.
 *
 * @param generation of the object
 * @param replicas 0 or more
 * @param podHash of the pod template
 * @param stepsHash of the list of steps
 * @param selector of the Rollout, as text
 * @param containers of the pod template, without those that run before them
 * @param steps may be empty
 * @param background the analysis beside the steps; null if there is none
 * @param canaryService the Service of the canary; empty if there is none. With ping-pong: pong
 * @param stableService the Service of the stable pods; empty if there is none. With ping-pong: ping
 * @param splitting how the traffic is divided
 * @param budget how far the number of pods may be off
 * @param scaleDownDelay how long the old ReplicaSet stays after a promotion; zero with
 *     dynamicStableScale. By pods it means nothing
 * @param abortScaleDownDelay how long an aborted canary stays. By pods it means nothing
 * @param scaling what is said about numbers of pods beyond the weights
 * @param revisionHistoryLimit how many old ReplicaSets are kept
 * @param rollbackWindow how many revisions back need no steps; 0 means none
 * @param progressDeadline how long nothing may progress
 * @param abortOnDeadline whether the progress deadline aborts
 * @param paused whether the user has halted everything
 * @param restartAt pods that are older than this are to be replaced; null if none are
 * @param pushRule which image pushes become revisions; null if none
 * @param workload that the pod template comes from; null if it is the Rollout's own
 */
public record Specification(
    long generation,
    int replicas,
    String podHash,
    String stepsHash,
    String selector,
    List<Container> containers,
    List<Step> steps,
    Background background,
    String canaryService,
    String stableService,
    Splitting splitting,
    Budget budget,
    Duration scaleDownDelay,
    AbortDelay abortScaleDownDelay,
    Scaling scaling,
    int revisionHistoryLimit,
    int rollbackWindow,
    Duration progressDeadline,
    boolean abortOnDeadline,
    boolean paused,
    Instant restartAt,
    PushRule pushRule,
    Workload workload) {

  /**
   * A container of the pod template.
   *
   * @param name of it
   * @param image as it is written
   */
  public record Container(String name, String image) {}

  /** What a weight is a part of, unless the user says otherwise. */
  public static final int PERCENT = 100;

  /**
   * An analysis that goes on beside the steps of an update.
   *
   * @param startingStep the index of the step with which it begins
   * @param plan what is to be measured; it need not have an end
   */
  public record Background(int startingStep, RunPlan plan) {}

  /** How traffic is divided between the canary and the stable pods. */
  public sealed interface Splitting {

    /**
     * A router keeps to weights; the pods follow them.
     *
     * @param router the route objects
     * @param maxWeight what a weight is a part of
     * @param dynamicStableScale whether the stable side shrinks as the canary takes traffic
     * @param managedRoutes names of header and mirror routes; the first has precedence
     * @param pingPong whether the two Services swap their parts at each promotion
     */
    record ByRoute(
        TrafficDesired.Router router,
        int maxWeight,
        boolean dynamicStableScale,
        List<String> managedRoutes,
        boolean pingPong)
        implements Splitting {

      /** Copies the list. What an older program stored has none. */
      public ByRoute {
        managedRoutes = managedRoutes == null ? List.of() : List.copyOf(managedRoutes);
      }

      /** Weights alone, and each Service keeps its part. */
      public ByRoute(TrafficDesired.Router router, int maxWeight, boolean dynamicStableScale) {
        this(router, maxWeight, dynamicStableScale, List.of(), false);
      }
    }

    /** There is no router: each pod gets the same, so numbers of pods are the weights. */
    record ByPods() implements Splitting {}
  }

  /**
   * How far the number of pods may be off while they are replaced. One of both is above 0, unless
   * there are to be no pods.
   *
   * @param surge pods beyond the wanted number
   * @param unavailable pods that may be missing
   */
  public record Budget(int surge, int unavailable) {}

  /** How long an aborted canary keeps its pods. */
  public sealed interface AbortDelay {
    /** This long after the stable side carries everything. */
    record After(Duration delay) implements AbortDelay {}

    /** For good: the user wrote 0. */
    record Never() implements AbortDelay {}

    /** Whether its pods need not be kept at all. */
    default boolean isNone() {
      return this instanceof After(Duration delay) && delay.isZero();
    }
  }

  /**
   * Which pushes this Rollout takes.
   *
   * @param repository with registry host
   * @param tag exact
   */
  public record PushRule(String repository, String tag) {}

  /**
   * Another workload whose pod template is used, and whose pods those of the Rollout replace.
   *
   * @param kind of the object
   * @param name of the object
   * @param scaleDown when its pods go
   * @param generation of the object
   */
  public record Workload(String kind, String name, ScaleDown scaleDown, long generation) {}

  /** When the pods of the referenced workload go. */
  public enum ScaleDown {
    /** It is left alone. */
    NEVER,
    /** All at once when the first revision is in force. */
    ON_SUCCESS,
    /** One for each pod of the first revision that gets ready. */
    PROGRESSIVELY
  }

  /** Copies the lists. A state of an older program says nothing of some. */
  public Specification {
    containers = containers == null ? List.of() : List.copyOf(containers);
    steps = List.copyOf(steps);
    scaling = scaling == null ? Scaling.PLAIN : scaling;
  }

  /** The images of the containers. */
  public List<String> images() {
    return containers.stream().map(Container::image).toList();
  }

  /** Whether a router divides the traffic. */
  public boolean isRouted() {
    return splitting instanceof Splitting.ByRoute;
  }

  /** What a weight is a part of. */
  public int maxWeight() {
    return splitting instanceof Splitting.ByRoute byRoute ? byRoute.maxWeight() : PERCENT;
  }

  /** Whether the stable side shrinks as the canary takes traffic. */
  public boolean dynamicStableScale() {
    return splitting instanceof Splitting.ByRoute byRoute && byRoute.dynamicStableScale();
  }

  /** Whether the two Services swap their parts at each promotion. */
  public boolean isPingPong() {
    return splitting instanceof Splitting.ByRoute byRoute && byRoute.pingPong();
  }

  /** The name of the canary's Service; empty if there is none. */
  public String canaryService(boolean swapped) {
    return swapped ? stableService : canaryService;
  }

  /** The name of the stable Service; empty if there is none. */
  public String stableService(boolean swapped) {
    return swapped ? canaryService : stableService;
  }

  /** The weight of the last setWeight at or before this index; 0 if none precedes. */
  public int weightAt(int step) {
    return last(Step.SetWeight.class, step).map(Step.SetWeight::weight).orElse(0);
  }

  /** The scale of the canary that is in force at this step: of the last step that sets one. */
  public Step.SetCanaryScale scaleAt(int step) {
    return last(Step.SetCanaryScale.class, step)
        .orElseGet(Step.SetCanaryScale.MatchTrafficWeight::new);
  }

  // The last step of this kind at or before this index.
  private <T extends Step> Optional<T> last(Class<T> kind, int step) {
    return steps.subList(0, Math.min(step + 1, steps.size())).reversed().stream()
        .flatMap(each -> each.parts().stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst();
  }

  /** Whether the size of the canary at this step follows from something else than its weight. */
  public boolean isScaledAt(int step) {
    return !(scaleAt(step) instanceof Step.SetCanaryScale.MatchTrafficWeight);
  }

  /**
   * The canary pods of this step, where a router divides the traffic. A weight above 0 has at least
   * one. Source: argo-rollouts, routed canary.
   */
  public int canaryPodsAt(int step) {
    int weight = weightAt(step);
    int pods =
        switch (scaleAt(step)) {
          case Step.SetCanaryScale.Replicas(int exactly) -> exactly;
          case Step.SetCanaryScale.Weight(int share) -> raisedPodsFor(share);
          case Step.SetCanaryScale.MatchTrafficWeight() -> raisedPodsFor(weight);
        };
    return weight == 0 ? pods : Math.max(Math.min(1, replicas), pods);
  }

  /** The pods of a side with this share: those that carry it, and at least the least number. */
  public int raisedPodsFor(int weight) {
    return scaling.raised(podsFor(weight), replicas);
  }

  /**
   * The header and mirror routes of all steps up to this one, in order of precedence: of one name
   * the last holds, and one without match ends it.
   */
  public List<ManagedRoute> routesAt(int step) {
    Map<String, ManagedRoute> routes = new LinkedHashMap<>();
    for (int i = 0; i <= Math.min(step, steps.size() - 1); i++) {
      if (steps.get(i) instanceof Step.SetRoute(ManagedRoute route)) {
        routes.put(route.name(), route);
      }
    }
    List<String> order =
        splitting instanceof Splitting.ByRoute byRoute ? byRoute.managedRoutes() : List.of();
    return routes.values().stream()
        .filter(route -> !route.match().isEmpty() && order.contains(route.name()))
        .sorted(Comparator.comparingInt(route -> order.indexOf(route.name())))
        .toList();
  }

  /**
   * The pods that carry this share of the traffic: rounded up. Source: argo-rollouts, routed
   * canary.
   */
  public int podsFor(int weight) {
    return (int) ((long) weight * replicas + maxWeight() - 1) / maxWeight();
  }
}
