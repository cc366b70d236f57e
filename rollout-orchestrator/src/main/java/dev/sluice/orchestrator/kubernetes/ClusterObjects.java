package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.AnalysisTemplate;
import dev.sluice.crd.Api;
import dev.sluice.crd.CanaryStep;
import dev.sluice.crd.CanaryStrategy;
import dev.sluice.crd.ClusterAnalysisTemplate;
import dev.sluice.crd.Experiment;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.TrafficRouting;
import dev.sluice.orchestrator.kubernetes.specification.WorkloadKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** All kinds that a Rollout is made of or looks at. */
final class ClusterObjects implements AutoCloseable {

  static final String BY_OWNER = "owner";
  static final String BY_MANAGER = "manager";
  static final String BY_REFERENCE = "reference";

  final Watched<Rollout> rollouts;
  final Watched<ReplicaSet> replicaSets;
  final Watched<Service> services;
  final Watched<Ingress> ingresses;
  final Watched<AnalysisTemplate> templates;
  final Watched<ClusterAnalysisTemplate> clusterTemplates;
  final Watched<AnalysisRun> runs;
  final Watched<Experiment> experiments;
  final ReferencedWorkloads workloads;

  ClusterObjects(InstantSource clock) {
    rollouts =
        new Watched<>(Rollout.class, Map.of(BY_REFERENCE, ClusterObjects::references), clock);
    replicaSets = new Watched<>(ReplicaSet.class, byOwner(), clock);
    services = new Watched<>(Service.class, Map.of(BY_MANAGER, ClusterObjects::manager), clock);
    ingresses = new Watched<>(Ingress.class, Map.of(), clock);
    templates = new Watched<>(AnalysisTemplate.class, Map.of(), clock);
    clusterTemplates = new Watched<>(ClusterAnalysisTemplate.class, Map.of(), clock);
    runs = new Watched<>(AnalysisRun.class, byOwner(), clock);
    experiments = new Watched<>(Experiment.class, byOwner(), clock);
    workloads = new ReferencedWorkloads(clock);
  }

  Stream<Watched<?>> all() {
    return Stream.of(
        rollouts, replicaSets, services, ingresses, templates, clusterTemplates, runs, experiments);
  }

  boolean areSynced() {
    return all().allMatch(Watched::isSynced);
  }

  @Override
  public void close() {
    all().forEach(Watched::close);
    workloads.close();
  }

  /** The value of {@link #BY_REFERENCE} for an object that Rollouts may name. */
  static String reference(HasMetadata object) {
    return object.getKind() + "/" + RolloutKey.of(object);
  }

  /** The value of {@link #BY_REFERENCE} for all Rollouts of a namespace that analyse anything. */
  static String analysesIn(String namespace) {
    return "analyses/" + namespace;
  }

  /** The value of {@link #BY_REFERENCE} for all Rollouts that analyse anything. */
  static final String ANALYSES = "analyses";

  /** The uid of the Rollout that controls this object; empty if none does. */
  static String owner(HasMetadata object) {
    for (OwnerReference owner : object.getMetadata().getOwnerReferences()) {
      if (Boolean.TRUE.equals(owner.getController())
          && owner.getKind().equals("Rollout")
          && owner.getApiVersion().startsWith(Api.GROUP + "/")) {
        return owner.getUid();
      }
    }
    return "";
  }

  private static <T extends HasMetadata> Map<String, Function<T, List<String>>> byOwner() {
    return Map.of(BY_OWNER, object -> List.of(owner(object)));
  }

  /** The Rollout that a Service was given to. */
  static Optional<RolloutKey> managing(Service service) {
    Map<String, String> annotations = service.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations)
        .map(all -> all.get(Api.MANAGED_BY_ROLLOUTS))
        .map(name -> new RolloutKey(service.getMetadata().getNamespace(), name));
  }

  private static List<String> manager(Service service) {
    return managing(service).map(RolloutKey::toString).stream().toList();
  }

  private static List<String> references(Rollout rollout) {
    List<String> references = new ArrayList<>();
    String namespace = rollout.getMetadata().getNamespace();
    WorkloadKind.of(rollout)
        .ifPresent(
            kind -> add(references, kind.kind(), namespace, rollout.getSpec().workloadRef.name));
    if (rollout.getSpec() == null
        || rollout.getSpec().strategy == null
        || rollout.getSpec().strategy.canary == null) {
      return references;
    }
    CanaryStrategy canary = rollout.getSpec().strategy.canary;
    add(references, "Service", namespace, canary.canaryService);
    add(references, "Service", namespace, canary.stableService);
    if (canary.pingPong != null) {
      add(references, "Service", namespace, canary.pingPong.pingService);
      add(references, "Service", namespace, canary.pingPong.pongService);
    }
    if (canary.trafficRouting != null && canary.trafficRouting.nginx != null) {
      TrafficRouting.Nginx nginx = canary.trafficRouting.nginx;
      add(references, "Ingress", namespace, nginx.stableIngress);
      if (nginx.stableIngresses != null) {
        nginx.stableIngresses.forEach(name -> add(references, "Ingress", namespace, name));
      }
    }
    List<CanaryStep> steps = canary.steps == null ? List.of() : canary.steps;
    if (steps.stream().anyMatch(step -> step.analysis != null)) {
      references.add(ANALYSES);
      references.add(analysesIn(namespace));
    }
    return references;
  }

  private static void add(List<String> references, String kind, String namespace, String name) {
    if (name != null) {
      references.add(kind + "/" + new RolloutKey(namespace, name));
    }
  }
}
