package dev.sluice.orchestrator;

import dev.sluice.events.ManagedRoute;
import java.time.Duration;
import java.util.List;

/** One canary step. */
public sealed interface Step {

  /** As events write it, for instance {@code setWeight: 20}. */
  String description();

  /** What has to be done for it to be over, where it does something beside. */
  default Step main() {
    return this;
  }

  /** All that it sets. */
  default List<Step> parts() {
    return List.of(this);
  }

  /**
   * Give the canary this share.
   *
   * @param weight 0 to the route's maximum
   */
  record SetWeight(int weight) implements Step {
    @Override
    public String description() {
      return "setWeight: " + weight;
    }
  }

  /** Size the canary apart from its weight, from here on. Only with a router. */
  sealed interface SetCanaryScale extends Step {

    /** Exactly these pods. */
    record Replicas(int pods) implements SetCanaryScale {
      @Override
      public String description() {
        return "setCanaryScale{replicas: " + pods + "}";
      }
    }

    /**
     * As many as this share takes.
     *
     * @param weight 0 to the route's maximum
     */
    record Weight(int weight) implements SetCanaryScale {
      @Override
      public String description() {
        return "setCanaryScale{weight: " + weight + "}";
      }
    }

    /** As many as the canary's weight takes, again. */
    record MatchTrafficWeight() implements SetCanaryScale {
      @Override
      public String description() {
        return "setCanaryScale{matchTrafficWeight: true}";
      }
    }
  }

  /**
   * Do something with another size of the canary, in force from here on.
   *
   * @param scale of the canary
   * @param main a weight, which waits for that size, or a pause, which does not
   */
  record Scaled(SetCanaryScale scale, Step main) implements Step {
    @Override
    public String description() {
      return main.description();
    }

    @Override
    public List<Step> parts() {
      return List.of(scale, main);
    }
  }

  /**
   * Wait this long.
   *
   * @param duration not negative; the pause lasts at least this long
   * @param written as the user wrote it
   */
  record TimedPause(Duration duration, String written) implements Step {
    @Override
    public String description() {
      return "pause: " + written;
    }
  }

  /** Wait for somebody. */
  record EndlessPause() implements Step {
    @Override
    public String description() {
      return "pause";
    }
  }

  /**
   * Go on only if this run passes.
   *
   * @param plan what it is to measure
   */
  record Analysis(RunPlan plan) implements Step {
    @Override
    public String description() {
      return "analysis";
    }
  }

  /**
   * Go on when this plugin says that its part is done.
   *
   * @param name of the plugin
   * @param url where it is, as the user wrote it
   * @param config a JSON object, the plugin's own
   * @param disabled whether the installation has switched it off: then the step is passed over
   */
  record Plugin(String name, String url, String config, boolean disabled) implements Step {
    @Override
    public String description() {
      return "plugin: " + name;
    }
  }

  /**
   * Send some requests to the canary beside the weight; without match, no longer.
   *
   * @param route one of the managed routes
   */
  record SetRoute(ManagedRoute route) implements Step {
    @Override
    public String description() {
      return switch (route) {
        case ManagedRoute.Header(String name, _) -> "setHeaderRoute: " + name;
        case ManagedRoute.Mirror(String name, _, _) -> "setMirrorRoute: " + name;
      };
    }
  }

  /**
   * Go on only if an experiment succeeds.
   *
   * @param plan what it is to try
   */
  record Experiment(ExperimentPlan plan) implements Step {
    @Override
    public String description() {
      return "experiment";
    }
  }
}
