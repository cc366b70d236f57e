package dev.sluice.orchestrator.kubernetes;

import dev.sluice.events.NoData;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an installation says about its cluster. */
@ConfigMapping(prefix = "sluice")
public interface ClusterSettings {

  /** The namespaces whose Rollouts are worked on, comma-separated; {@code *} for all. */
  @WithDefault("*")
  List<String> namespaces();

  /**
   * The metric providers that may be asked, comma-separated, each {@code URL} or {@code URL=URL}:
   * as users write it, and where it really is.
   */
  Optional<List<String>> allowEndpoint();

  /**
   * Whose Rollouts are worked on: the value of their label {@code
   * argo-rollouts.argoproj.io/controller-instance-id}. Without it those that have no such label.
   */
  Optional<String> instanceId();

  /** What an empty answer means: {@code inconclusive} or {@code error}. */
  @WithDefault("inconclusive")
  NoData noData();

  /** Names of step plugins that are passed over, comma-separated: their steps count as done. */
  Optional<Set<String>> disabledStepPlugins();

  /** How the cluster is worked on. */
  Kubernetes kubernetes();

  /** How the cluster is worked on. */
  interface Kubernetes {

    /** Whether to connect to a cluster at all. */
    @WithDefault("true")
    boolean enabled();

    /** How many Rollouts are worked on at once; 1 or more. */
    @WithDefault("16")
    int parallel();
  }
}
