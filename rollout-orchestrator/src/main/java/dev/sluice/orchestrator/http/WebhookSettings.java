package dev.sluice.orchestrator.http;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who may notify, by the name of the source in the path. */
@ConfigMapping(prefix = "sluice.webhooks")
interface WebhookSettings {

  /** Registries that speak the Docker distribution format: {@code POST /webhooks/registry}. */
  Source registry();

  /** One source. */
  interface Source {

    /**
     * What the registry sends as {@code Authorization: Bearer}; without it the source is closed.
     */
    Optional<String> secret();

    /** The registry's host as images name it, where its notifications name another one. */
    Optional<String> registryHost();
  }
}
