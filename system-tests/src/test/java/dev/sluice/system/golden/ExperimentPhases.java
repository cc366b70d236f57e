package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Experiment;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stands for the controller of Experiments: it runs nothing, and says that all goes well. An
 * Experiment is Pending, Running and Successful, one soon after the other.
 */
final class ExperimentPhases implements AutoCloseable {

  /** What comes after a phase, and how soon. */
  private record Next(String phase, String message, int millis) {}

  private static final Map<String, Next> NEXT =
      Map.of(
          "", new Next("Pending", "", 50),
          "Pending", new Next("Running", "", 500),
          "Running", new Next("Successful", "Required AnalysisRuns completed", 1_500));

  private final KubernetesClient client;
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final Watch watch;

  /** Begins with the Experiments that come from now on. */
  ExperimentPhases(KubernetesClient client) {
    this.client = client;
    var all = client.resources(Experiment.class).inAnyNamespace();
    String now = all.list().getMetadata().getResourceVersion();
    watch =
        all.watch(
            new ListOptionsBuilder().withResourceVersion(now).build(),
            new Watcher<>() {
              @Override
              public void eventReceived(Action action, Experiment experiment) {
                if (action == Action.ADDED || action == Action.MODIFIED) {
                  seen(experiment);
                }
              }

              @Override
              public void onClose(WatcherException cause) {}
            });
  }

  private void seen(Experiment experiment) {
    Next next = NEXT.get(phase(experiment));
    if (next != null) {
      later.schedule(() -> write(experiment, next), next.millis(), TimeUnit.MILLISECONDS);
    }
  }

  private static String phase(Experiment experiment) {
    return experiment.getStatus() == null || experiment.getStatus().phase == null
        ? ""
        : experiment.getStatus().phase;
  }

  // Over the version that was seen: a change meanwhile comes as one of its own.
  private void write(Experiment seen, Next next) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", seen.getMetadata().getResourceVersion());
    ObjectNode status = patch.putObject("status").put("phase", next.phase());
    if (!next.message().isEmpty()) {
      status.put("message", next.message());
    }
    try {
      client.resource(seen).patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    } catch (KubernetesClientException changedOrGone) {
      // Its next version comes, or none does.
    }
  }

  @Override
  public void close() {
    watch.close();
    later.shutdownNow();
  }
}
