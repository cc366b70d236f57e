package dev.sluice.orchestrator.kubernetes.world;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.Rollout;
import dev.sluice.devkit.kubernetes.KubernetesApi;
import dev.sluice.devkit.kubernetes.controllers.IdlePods;
import dev.sluice.events.NoData;
import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.kubernetes.ClientConfig;
import dev.sluice.orchestrator.kubernetes.ClusterEdge;
import dev.sluice.orchestrator.kubernetes.specification.AllowedEndpoints;
import dev.sluice.orchestrator.kubernetes.specification.Rules;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** A cluster with the edge under test, a router and workers that answer, and a person's hands. */
public final class ClusterWorld implements AutoCloseable {

  public static final String NAMESPACE = "production";
  private static final String EDGE = "sluice-rollout-orchestrator";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public final KubernetesApi api = KubernetesApi.start(KubernetesApi.Options.defaults());
  public final MemoryStore store = new MemoryStore();
  public final KubernetesClient hands = client(_ -> {});
  public final Analysts analysts = new Analysts(store);
  private final IdlePods pods = new IdlePods(Duration.ofMillis(50), Duration.ofMillis(50));
  private KubernetesClient client;
  private final List<Rollout> seen = new CopyOnWriteArrayList<>();
  private ClusterEdge edge;
  private final Watch watch;

  /** A cluster with the kinds, and nothing in it. */
  public ClusterWorld() {
    api.installCrds(Crds.folder());
    api.startControllers(pods);
    hands
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    store.tell(new ObedientRouter(store)::told);
    store.tell(analysts::told);
    watch =
        hands
            .resources(Rollout.class)
            .inNamespace(NAMESPACE)
            .watch(
                new Watcher<>() {
                  @Override
                  public void eventReceived(Action action, Rollout rollout) {
                    seen.add(rollout);
                  }

                  @Override
                  public void onClose(WatcherException cause) {}
                });
    startEdge();
  }

  /** Starts the edge, as a start of the service does. */
  public void startEdge() {
    client = client(new ClientConfig()::customize);
    edge = edge("", store);
    analysts.reportTo(edge);
    edge.start();
  }

  /** The edge of an installation with this id, not started. */
  public ClusterEdge edge(String instanceId, MemoryStore ofInstallation) {
    return new ClusterEdge(
        client,
        new ClusterEdge.Options(
            List.of(),
            instanceId,
            new Rules(
                AllowedEndpoints.of(List.of("http://prometheus.monitoring:9090")),
                NoData.INCONCLUSIVE,
                Set.of()),
            8),
        ofInstallation,
        ofInstallation,
        ofInstallation,
        ofInstallation,
        InstantSource.system());
  }

  /** Ends the edge; the store goes on. */
  public void stopEdge() {
    store.forgetListeners();
    edge.close();
    client.close();
  }

  /** Cuts the edge off in whatever it does, and starts another one. */
  public void crashEdge() {
    store.forgetListeners();
    client.close();
    edge.close();
    startEdge();
  }

  public ClusterEdge edge() {
    return edge;
  }

  private KubernetesClient client(Consumer<Config> customizer) {
    Config config = Config.fromKubeconfig(api.kubeconfig().toFile());
    customizer.accept(config);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Applies files, with texts replaced. */
  public void apply(Map<String, String> replaced, Path... files) {
    for (Path file : files) {
      hands
          .load(Texts.of(file, replaced))
          .items()
          .forEach(item -> hands.resource(item).inNamespace(NAMESPACE).createOr(o -> o.update()));
    }
  }

  public Rollout rollout(String name) {
    return hands.resources(Rollout.class).inNamespace(NAMESPACE).withName(name).get();
  }

  /** Sends a merge patch to the status, as the plugin does. */
  public void patchStatus(String name, String patch) {
    hands
        .resources(Rollout.class)
        .inNamespace(NAMESPACE)
        .withName(name)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":" + patch + "}");
  }

  /** Sends a JSON patch to the object. */
  public void patch(String name, String operations) {
    hands
        .resources(Rollout.class)
        .inNamespace(NAMESPACE)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON), operations);
  }

  public Service service(String name) {
    return hands.services().inNamespace(NAMESPACE).withName(name).get();
  }

  public List<ReplicaSet> replicaSets() {
    return hands.apps().replicaSets().inNamespace(NAMESPACE).list().getItems();
  }

  public ReplicaSet replicaSet(String podHash) {
    return replicaSets().stream()
        .filter(r -> r.getMetadata().getName().endsWith("-" + podHash))
        .findFirst()
        .orElseThrow();
  }

  public List<AnalysisRun> runs() {
    return hands.resources(AnalysisRun.class).inNamespace(NAMESPACE).list().getItems();
  }

  public AnalysisRun run(String name) {
    return hands.resources(AnalysisRun.class).inNamespace(NAMESPACE).withName(name).get();
  }

  public List<Event> events(String kind) {
    return hands.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getKind().equals(kind))
        .filter(event -> event.getSource().getComponent().equals("rollouts-controller"))
        .toList();
  }

  /** Every version of the Rollouts that a watch has shown. */
  public List<Rollout> seen() {
    return List.copyOf(seen);
  }

  public List<RolloutFact> facts(String name) {
    return store.facts(rollout(name).getMetadata().getUid());
  }

  /** Waits until a Rollout is like this. */
  public Rollout await(String name, String what, Predicate<Rollout> condition) {
    return until(name + ": " + what, () -> rollout(name), r -> r != null && condition.test(r));
  }

  /** Waits until a Rollout has this phase, and its newest generation was looked at. */
  public Rollout awaitPhase(String name, String phase) {
    return await(
        name,
        phase,
        rollout ->
            rollout.getStatus() != null
                && phase.equals(rollout.getStatus().phase)
                && rollout
                    .getMetadata()
                    .getGeneration()
                    .toString()
                    .equals(rollout.getStatus().observedGeneration));
  }

  /** Waits for a fact. */
  public <T> T until(String what, Supplier<T> value, Predicate<T> condition) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(value::get, condition);
  }

  /** Accepted writes of the edge by resource and verb. */
  public Map<String, Long> writes() {
    Map<String, Long> writes = new TreeMap<>();
    api.audit()
        .counts()
        .forEach((call, count) -> {
          if (call.userAgent().equals(EDGE) && call.isWrite()) {
            String subresource = call.subresource().isEmpty() ? "" : "/" + call.subresource();
            String refused = call.isAccepted() ? "" : " refused " + call.code();
            writes.merge(
                call.resource() + subresource + " " + call.verb() + refused, count, Long::sum);
          }
        });
    return writes;
  }

  @Override
  public void close() {
    watch.close();
    edge.close();
    store.close();
    client.close();
    hands.close();
    api.close();
    pods.close();
  }
}
