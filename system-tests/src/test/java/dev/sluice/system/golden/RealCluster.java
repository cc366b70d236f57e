package dev.sluice.system.golden;

import static org.awaitility.Awaitility.await;

import dev.sluice.devkit.controlplane.Assets;
import dev.sluice.devkit.controlplane.AuditLevel;
import dev.sluice.devkit.controlplane.ControlPlane;
import dev.sluice.devkit.controlplane.Controller;
import dev.sluice.devkit.kubernetes.controllers.Controllers;
import dev.sluice.devkit.kubernetes.controllers.IdlePods;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;

/** A real API server with the real controllers and our kinds; only pods are played. */
final class RealCluster implements AutoCloseable {

  private static final File[] NONE = {};
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final ControlPlane plane;
  private final IdlePods pods = new IdlePods();
  private final Controllers player;

  RealCluster(Path folder, AuditLevel audit) {
    plane =
        ControlPlane.start(
            Assets.find().orElseThrow(),
            folder,
            ControlPlane.Options.defaults()
                .withAudit(audit)
                .withControllers(
                    Controller.REPLICASET,
                    Controller.DEPLOYMENT,
                    Controller.JOB,
                    Controller.ENDPOINTS,
                    Controller.ENDPOINTSLICE,
                    Controller.NAMESPACE,
                    Controller.GARBAGE_COLLECTOR));
    installDefinitions();
    player = Controllers.startPods(plane.kubeconfig(), pods);
  }

  Path kubeconfig() {
    return plane.kubeconfig();
  }

  Path auditLog() {
    return plane.auditLog();
  }

  @Override
  public void close() {
    player.close();
    pods.close();
    plane.close();
  }

  private void installDefinitions() {
    Config config = Config.fromKubeconfig(plane.kubeconfig().toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      File[] files = Path.of("../deploy/crds").toFile().listFiles();
      for (File file : files == null ? NONE : files) {
        CustomResourceDefinition definition =
            client.apiextensions().v1().customResourceDefinitions().load(file).serverSideApply();
        await()
            .atMost(PATIENCE)
            .until(() -> isEstablished(client, definition.getMetadata().getName()));
      }
    }
  }

  private static boolean isEstablished(KubernetesClient client, String name) {
    var status =
        client.apiextensions().v1().customResourceDefinitions().withName(name).get().getStatus();
    return status != null
        && status.getConditions() != null
        && status.getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }
}
