package dev.sluice.orchestrator;

import dev.sluice.events.ManagedRoute;
import dev.sluice.events.MetricSpec;
import java.time.Duration;
import java.util.List;

/** One canary step. */
public sealed interface Step {

  /** As events write it, for instance {@code setWeight: 20}. */
  String description();

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
   * Go on only if these metrics are good.
   *
   * @param metrics with all arguments filled but the two hashes, which only the start of a run
   *     knows
   */
  record Analysis(List<MetricSpec> metrics) implements Step {

    /** Copies the list. */
    public Analysis {
      metrics = List.copyOf(metrics);
    }

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

  /** Go on if an experiment succeeds. The edge lets none in yet. */
  record Experiment() implements Step {
    @Override
    public String description() {
      return "experiment";
    }
  }
}
