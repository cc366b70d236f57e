package dev.sluice.orchestrator.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.quarkus.kubernetes.client.KubernetesConfigCustomizer;
import jakarta.enterprise.context.ApplicationScoped;

/** Under this name the API server's audit shows the requests of this service. */
@ApplicationScoped
class UserAgent implements KubernetesConfigCustomizer {

  static final String NAME = "sluice-rollout-orchestrator";

  @Override
  public void customize(Config config) {
    config.setUserAgent(NAME);
  }
}
