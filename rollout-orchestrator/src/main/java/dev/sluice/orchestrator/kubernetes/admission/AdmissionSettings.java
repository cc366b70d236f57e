package dev.sluice.orchestrator.kubernetes.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether the API server may ask about Rollouts. */
@ConfigMapping(prefix = "sluice.admission")
interface AdmissionSettings {

  /** Off, because an API server asks over TLS only, and a certificate is the user's to give. */
  @WithDefault("false")
  boolean enabled();
}
