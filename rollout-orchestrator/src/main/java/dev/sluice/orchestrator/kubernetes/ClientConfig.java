package dev.sluice.orchestrator.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.quarkus.kubernetes.client.KubernetesConfigCustomizer;
import jakarta.enterprise.context.ApplicationScoped;

/** How this service asks the API server. */
@ApplicationScoped
public class ClientConfig implements KubernetesConfigCustomizer {

  private static final String USER_AGENT = "sluice-rollout-orchestrator";

  // What fails is begun anew with newer objects: the client's own retries would only hide it.
  private static final int RETRIES = 1;

  /** For the container. */
  public ClientConfig() {}

  @Override
  public void customize(Config config) {
    config.setUserAgent(USER_AGENT);
    config.setRequestRetryBackoffLimit(RETRIES);
  }
}
