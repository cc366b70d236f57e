package dev.sluice.system.golden;

import dev.sluice.devkit.kubernetes.KubernetesApi;
import dev.sluice.devkit.kubernetes.controllers.Controllers;
import dev.sluice.devkit.kubernetes.controllers.IdlePods;
import java.nio.file.Path;

/** The devkit's API server and controllers; pods are there and do nothing. */
final class EmbeddedCluster implements AutoCloseable {

  private final KubernetesApi kubernetes;
  private final IdlePods pods = new IdlePods();
  private final Controllers controllers;

  EmbeddedCluster(Path folder) {
    kubernetes =
        KubernetesApi.start(
            KubernetesApi.Options.defaults().withKubeconfig(folder.resolve("kubeconfig")));
    kubernetes.installCrds();
    controllers = Controllers.start(kubernetes.kubeconfig(), pods);
  }

  Path kubeconfig() {
    return kubernetes.kubeconfig();
  }

  @Override
  public void close() {
    controllers.close();
    pods.close();
    kubernetes.close();
  }
}
