package dev.sluice.devkit.prometheus;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.devkit.cluster.Watched;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Keeps a file for Prometheus' file discovery in step with the pods and Rollouts of a namespace.
 */
public final class TargetsWatch implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ResourceDefinitionContext ROLLOUTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("argoproj.io")
          .withVersion("v1alpha1")
          .withKind("Rollout")
          .withPlural("rollouts")
          .withNamespaced(true)
          .build();

  private final Path file;
  private final Watched<Pod> pods;
  private final Watched<GenericKubernetesResource> rollouts;
  private volatile boolean complete;
  private List<PodTargets.Target> written;

  /**
   * Watches from now on; returns when the file says what is there.
   *
   * @param folder of {@link PrometheusServer#targets()}
   */
  public TargetsWatch(Path folder, KubernetesClient client, String namespace) {
    file = folder.resolve(namespace + ".json");
    pods = new Watched<>(client.pods().inNamespace(namespace), this::update);
    rollouts =
        new Watched<>(
            client.genericKubernetesResources(ROLLOUTS).inNamespace(namespace), this::update);
    complete = true;
    update();
  }

  @Override
  public void close() {
    pods.close();
    rollouts.close();
  }

  private synchronized void update() {
    if (!complete) {
      return;
    }
    var targets = PodTargets.of(pods.now(), rollouts.now());
    if (targets.equals(written)) {
      return;
    }
    try {
      // By a move: a file that is read half is a file without targets.
      Path unfinished = file.resolveSibling(file.getFileName() + ".new");
      MAPPER.writeValue(unfinished.toFile(), targets);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      written = targets;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
