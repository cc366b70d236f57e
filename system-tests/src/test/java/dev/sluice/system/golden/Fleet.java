package dev.sluice.system.golden;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Many Rollouts of one pod each, in one namespace, each with Services and an Ingress of its own.
 */
final class Fleet implements AutoCloseable {

  static final String NAMESPACE = "storm";

  private static final int CLIENTS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(9);
  private static final String WEIGHT = "nginx.ingress.kubernetes.io/canary-weight";
  private static final String GATE =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: AnalysisTemplate
      metadata: {name: gate}
      spec:
        metrics:
        - name: m
          successCondition: result[0] < 0.5
          provider:
            prometheus: {address: '%s', query: 'seq("{{args.rollout}}","0.1")'}
      """;
  private static final String ONE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: %1$s-stable}
      spec: {selector: {app: %1$s}, ports: [{port: 80, targetPort: 8080}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: %1$s-canary}
      spec: {selector: {app: %1$s}, ports: [{port: 80, targetPort: 8080}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: %1$s}
      spec:
        ingressClassName: nginx
        rules:
        - host: %1$s.example.com
          http:
            paths:
            - path: /
              pathType: Prefix
              backend: {service: {name: %1$s-stable, port: {number: 80}}}
      ---
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: %1$s}
      spec:
        replicas: 1
        selector: {matchLabels: {app: %1$s}}
        strategy:
          canary:
            canaryService: %1$s-canary
            stableService: %1$s-stable
            trafficRouting: {nginx: {stableIngress: %1$s}}
            steps:
            - setWeight: 10
            - analysis: {templates: [{templateName: gate}]}
            - setWeight: 50
            - analysis: {templates: [{templateName: gate}]}
            - setWeight: 80
            - analysis: {templates: [{templateName: gate}]}
        template:
          metadata: {labels: {app: %1$s}}
          spec:
            terminationGracePeriodSeconds: 1
            containers:
            - name: main
              image: registry.example/app:v1
              ports: [{containerPort: 8080}]
      """;

  private final KubernetesClient client;
  private final SharedIndexInformer<GenericKubernetesResource> rollouts;
  private final SharedIndexInformer<Ingress> ingresses;
  private final Map<String, Map<Integer, Instant>> weights = new ConcurrentHashMap<>();
  private final Map<Integer, Long> generations = new ConcurrentHashMap<>();

  /**
   * An empty one.
   *
   * @param prometheus the address that its gates ask
   */
  Fleet(KubernetesClient client, String prometheus) {
    this.client = client;
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    apply(GATE.formatted(prometheus));
    rollouts =
        client
            .genericKubernetesResources(Kinds.of("rollout"))
            .inNamespace(NAMESPACE)
            .inform(new Changes<>(_ -> {}), 0);
    ingresses =
        client
            .network()
            .v1()
            .ingresses()
            .inNamespace(NAMESPACE)
            .inform(new Changes<>(this::weighed), 0);
  }

  /** The name of one. */
  static String name(int number) {
    return "app-" + number;
  }

  /**
   * Creates those with the numbers from inclusive to exclusive, and waits until all are Healthy.
   */
  void deploy(int from, int to) throws Exception {
    together(from, to, number -> apply(ONE.formatted(name(number))));
    awaitHealthy(from, to);
  }

  /** Gives each a new image, as fast as the API server takes it. */
  void update(int from, int to, String tag) throws Exception {
    together(from, to, number -> update(number, tag));
  }

  /** Returns when the last one has all its traffic on the new revision. */
  void awaitHealthy(int from, int to) {
    Set<Integer> waiting = new HashSet<>(IntStream.range(from, to).boxed().toList());
    await("Healthy")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          waiting.removeIf(this::isHealthy);
          return waiting.isEmpty();
        });
  }

  /** When the canary Ingress of a Rollout was first seen at a weight, since the last forgetting. */
  Instant weighed(int number, int weight) {
    return weights
        .getOrDefault(name(number) + "-" + name(number) + "-canary", Map.of())
        .get(weight);
  }

  /** How many AnalysisRuns there are of all but the first so many. */
  long runs(int calm) {
    return client
        .genericKubernetesResources(Kinds.of("analysisrun"))
        .inNamespace(NAMESPACE)
        .list()
        .getItems()
        .stream()
        .map(run -> run.getMetadata().getOwnerReferences().getFirst().getName())
        .filter(name -> Integer.parseInt(name.substring("app-".length())) >= calm)
        .count();
  }

  /** Forgets which weights were seen. */
  void forgetWeights() {
    weights.clear();
  }

  @Override
  public void close() {
    rollouts.close();
    ingresses.close();
  }

  private void apply(String manifest) {
    List<HasMetadata> objects =
        client.load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8))).items();
    objects.forEach(object -> client.resource(object).inNamespace(NAMESPACE).create());
  }

  private void update(int number, String tag) {
    GenericKubernetesResource updated =
        client
            .genericKubernetesResources(Kinds.of("rollout"))
            .resource(nameOnly(name(number)))
            .patch(
                PatchContext.of(PatchType.JSON),
                """
                [{"op": "replace", "path": "/spec/template/spec/containers/0/image",
                  "value": "registry.example/app:%s"}]
                """
                    .formatted(tag));
    generations.put(number, updated.getMetadata().getGeneration());
  }

  private static GenericKubernetesResource nameOnly(String name) {
    var rollout = new GenericKubernetesResource();
    rollout.setApiVersion("argoproj.io/v1alpha1");
    rollout.setKind("Rollout");
    rollout.setMetadata(
        new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
            .withName(name)
            .withNamespace(NAMESPACE)
            .build());
    return rollout;
  }

  private boolean isHealthy(int number) {
    GenericKubernetesResource rollout =
        rollouts.getStore().getByKey(NAMESPACE + "/" + name(number));
    return rollout != null
        // What is seen may be older than our own last change.
        && rollout.getMetadata().getGeneration() >= generations.getOrDefault(number, 0L)
        && "Healthy".equals(rollout.get("status", "phase"))
        && String.valueOf(rollout.getMetadata().getGeneration())
            .equals(rollout.get("status", "observedGeneration"));
  }

  private void weighed(Ingress ingress) {
    String weight = ingress.getMetadata().getAnnotations().get(WEIGHT);
    if (weight != null) {
      weights
          .computeIfAbsent(ingress.getMetadata().getName(), _ -> new ConcurrentHashMap<>())
          .putIfAbsent(Integer.parseInt(weight), Instant.now());
    }
  }

  private static void together(int from, int to, Consumer<Integer> work) throws Exception {
    try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> all =
          IntStream.range(from, to)
              .<Future<?>>mapToObj(number -> clients.submit(() -> work.accept(number)))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private record Changes<T>(Consumer<T> seen) implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      seen.accept(object);
    }

    @Override
    public void onUpdate(T before, T object) {
      seen.accept(object);
    }

    @Override
    public void onDelete(T object, boolean deletedFinalStateUnknown) {}
  }
}
