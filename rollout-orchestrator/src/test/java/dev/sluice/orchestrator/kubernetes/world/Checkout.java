package dev.sluice.orchestrator.kubernetes.world;

import static dev.sluice.orchestrator.kubernetes.world.ClusterWorld.NAMESPACE;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.Api;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutStatus;
import dev.sluice.events.AnalysisPhase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The checkout example in a cluster, with short pauses, and what its team does with it. */
public final class Checkout {

  public static final String NAME = "checkout-service";
  public static final String STABLE = "checkout-stable";
  public static final String CANARY = "checkout-canary";
  private static final String REPOSITORY = "ghcr.io/acme/checkout-service:";
  private static final Path EXAMPLE = Path.of("../deploy/examples/checkout-service");
  private static final Map<String, String> SHORT =
      Map.of(
          "duration: 2m", "duration: 1s",
          "duration: 5m", "duration: 1s",
          "duration: 10m", "duration: 1s",
          "abortScaleDownDelaySeconds: 30", "abortScaleDownDelaySeconds: 2");

  private final ClusterWorld world;

  public Checkout(ClusterWorld world) {
    this.world = world;
  }

  /** Applies the manifests with further texts replaced. */
  public void apply(Map<String, String> replaced) {
    Map<String, String> all = new java.util.LinkedHashMap<>(replaced);
    all.putAll(SHORT);
    world.apply(all, EXAMPLE.resolve("ingress.yaml"), EXAMPLE.resolve("checkout-service.yaml"));
  }

  /** Brings the first version up; returns its hash. */
  public String deploy() {
    return deploy(Map.of());
  }

  /** Brings the first version up with texts replaced; returns its hash. */
  public String deploy(Map<String, String> replaced) {
    apply(replaced);
    return world.awaitPhase(NAME, "Healthy").getStatus().stableRS;
  }

  /** Somebody wants another version. */
  public void update(String tag) {
    world.patch(
        NAME,
        """
        [{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "%s"}]
        """
            .formatted(REPOSITORY + tag));
  }

  /** Waits until the gate of this step is asked; returns the run's name. */
  public String awaitGate(int step) {
    return world.until(
        "gate of step " + step, world.analysts::current, name -> name.endsWith("-" + step));
  }

  /** The gate measures five times, each of which is seen, and passes. */
  public void passGate(int step) {
    String run = awaitGate(step);
    world.analysts.measure();
    world.until("the first measurement", () -> count(run), shown -> shown == 1);
    for (int tick = 2; tick < 5; tick++) {
      world.analysts.measure();
    }
    world.analysts.conclude(AnalysisPhase.SUCCESSFUL, "");
  }

  /** How many measurements of its first metric a run shows. */
  public int count(String run) {
    AnalysisRun object = world.run(run);
    return object.getStatus().metricResults.getFirst().count;
  }

  public Rollout rollout() {
    return world.hands.resources(Rollout.class).inNamespace(NAMESPACE).withName(NAME).get();
  }

  public RolloutStatus status() {
    return rollout().getStatus();
  }

  public String uid() {
    return rollout().getMetadata().getUid();
  }

  /** The hash that a Service selects; null if it selects by none. */
  public String selected(String service) {
    return world.service(service).getSpec().getSelector().get(Api.POD_TEMPLATE_HASH_LABEL);
  }

  /** The step indexes that a watch has shown, without repetitions. */
  public List<Integer> steps() {
    return shown(status -> status.currentStepIndex);
  }

  /** The canary's weights that a watch has shown, without repetitions. */
  public List<Integer> weights() {
    return shown(status ->
        status.canary == null || status.canary.weights == null
            ? null
            : status.canary.weights.canary.weight);
  }

  private <T> List<T> shown(Function<RolloutStatus, T> field) {
    List<T> shown = new ArrayList<>();
    for (Rollout each : world.seen()) {
      T value = each.getStatus() == null ? null : field.apply(each.getStatus());
      if (value != null && (shown.isEmpty() || !shown.getLast().equals(value))) {
        shown.add(value);
      }
    }
    return shown;
  }
}
