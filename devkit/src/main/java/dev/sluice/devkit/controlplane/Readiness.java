package dev.sluice.devkit.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether an API server can be used: it says so, and the usual namespaces are there. */
final class Readiness implements AutoCloseable {
  private final Path kubeconfig;
  private final Path certificate;
  private KubernetesClient client;

  Readiness(Path kubeconfig, Path certificate) {
    this.kubeconfig = kubeconfig;
    this.certificate = certificate;
  }

  boolean isReached() {
    if (client == null && !Files.exists(certificate)) {
      return false; // the server has not come to listening yet
    }
    try {
      return "ok".equals(client().raw("/readyz"))
          && client().namespaces().withName("default").get() != null;
    } catch (KubernetesClientException noAnswer) {
      return false;
    }
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }

  private KubernetesClient client() {
    if (client == null) {
      Config config = Config.fromKubeconfig(kubeconfig.toFile());
      config.setRequestRetryBackoffLimit(0);
      client = new KubernetesClientBuilder().withConfig(config).build();
    }
    return client;
  }
}
