package dev.sluice.orchestrator.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** Which registries may announce pushes. */
@ConfigMapping(prefix = "sluice.webhooks")
interface WebhookSettings {

  /** By the name in the path. */
  @WithParentName
  Map<String, Source> sources();

  /** One registry. */
  interface Source {

    /** Shared with the registry. Without one nothing is accepted from this source. */
    Optional<String> secret();

    /**
     * The registry's host as pods name it, with port where it is not the default; for a registry
     * that is reached under another name than it is pushed to.
     */
    Optional<String> registryHost();
  }
}
