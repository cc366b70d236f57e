package dev.sluice.traffic.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Set;

/** All settings of the router; {@code kafka.bootstrap.servers} and KUBECONFIG come beside them. */
@ConfigMapping(prefix = "sluice")
public interface RouterConfiguration {

  /** The namespaces whose Ingresses are watched; {@code *} for all. */
  @WithDefault("*")
  Set<String> namespaces();

  /** The work. */
  Work router();

  /** How much is done at once. */
  interface Work {

    /** Routes that are read and written at the same time. */
    @WithDefault("16")
    int concurrency();
  }
}
