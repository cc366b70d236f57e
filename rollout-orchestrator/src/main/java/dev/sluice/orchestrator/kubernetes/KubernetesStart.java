package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.Rollout;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.orchestrator.EventLog;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Projections;
import dev.sluice.orchestrator.Rollouts;
import dev.sluice.orchestrator.RunStatuses;
import dev.sluice.orchestrator.kubernetes.admission.Surroundings;
import dev.sluice.orchestrator.kubernetes.specification.AllowedEndpoints;
import dev.sluice.orchestrator.kubernetes.specification.References;
import dev.sluice.orchestrator.kubernetes.specification.Rules;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs the edge to the cluster with the service, unless it is switched off. */
@ApplicationScoped
class KubernetesStart implements RunStatuses, Surroundings {

  private final ClusterEdge.Options options;
  private final Optional<ClusterEdge> edge;

  @Inject
  KubernetesStart(
      ClusterSettings settings,
      KubernetesClient client,
      Intake intake,
      Rollouts rollouts,
      Projections projections,
      EventLog log) {
    this.options = options(settings);
    this.edge =
        settings.kubernetes().enabled()
            ? Optional.of(
                new ClusterEdge(
                    client, options, intake, rollouts, projections, log, InstantSource.system()))
            : Optional.empty();
  }

  private static ClusterEdge.Options options(ClusterSettings settings) {
    List<String> namespaces =
        settings.namespaces().contains("*") ? List.of() : settings.namespaces();
    Rules rules =
        new Rules(
            AllowedEndpoints.of(settings.allowEndpoint().orElse(List.of())),
            settings.noData(),
            settings.disabledStepPlugins().orElse(Set.of()));
    return new ClusterEdge.Options(
        namespaces, settings.instanceId().orElse(""), rules, settings.kubernetes().parallel());
  }

  void start(@Observes StartupEvent event) {
    edge.ifPresent(ClusterEdge::start);
  }

  void stop(@Observes ShutdownEvent event) {
    edge.ifPresent(ClusterEdge::close);
  }

  /** Since when the API server does not answer; empty if it does. */
  Optional<Reachability.Outage> outage() {
    return edge.flatMap(ClusterEdge::outage);
  }

  @Override
  public boolean isOurs(Rollout rollout) {
    return options.includes(rollout);
  }

  @Override
  public Optional<References> references(Rollout rollout) {
    return edge.flatMap(running -> running.references(rollout));
  }

  @Override
  public Rules rules() {
    return options.rules();
  }

  @Override
  public void progressed(AnalysisProgress progress) {
    edge.ifPresent(running -> running.progressed(progress));
  }
}
