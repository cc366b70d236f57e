package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.Api;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Watches all kinds, and says to whom each change matters. */
final class Watches {

  private final KubernetesClient client;
  private final List<String> namespaces;
  private final ClusterObjects objects;
  private final Interests interests;
  private final Reachability reachability;

  Watches(
      KubernetesClient client,
      List<String> namespaces,
      ClusterObjects objects,
      Reachability reachability) {
    this.client = client;
    this.namespaces = namespaces;
    this.objects = objects;
    this.interests = new Interests(objects.rollouts);
    this.reachability = reachability;
  }

  /**
   * Begins, for good.
   *
   * @param changed called with each Rollout that a change matters to
   * @param runChanged called with each AnalysisRun that came or changed
   * @param runGone called with each AnalysisRun that went, before its Rollout
   */
  void start(
      Consumer<RolloutKey> changed,
      Consumer<RolloutKey> runChanged,
      Consumer<AnalysisRun> runGone) {
    watchOwned(objects.rollouts, "", rollout -> Optional.of(RolloutKey.of(rollout)), changed);
    watchOwned(objects.replicaSets, Api.POD_TEMPLATE_HASH_LABEL, interests::owner, changed);
    watchOwned(objects.experiments, "", interests::owner, changed);
    watch(objects.services, "", interests::of, changed);
    watch(objects.ingresses, "", interests::naming, changed);
    watch(
        objects.templates,
        "",
        template -> interests.analysingIn(template.getMetadata().getNamespace()),
        changed);
    // It has no namespace, so there is no other choice than all of them.
    begin(
        objects.clusterTemplates,
        List.of(),
        "",
        _ -> interests.analysing().forEach(changed),
        _ -> interests.analysing().forEach(changed));
    objects.runs.start(
        client,
        namespaces,
        "",
        answered(run -> {
          interests.owner(run).ifPresent(changed);
          runChanged.accept(RolloutKey.of(run));
        }),
        answered(run -> runChanged.accept(RolloutKey.of(run))),
        answered(run -> {
          runGone.accept(run);
          interests.owner(run).ifPresent(changed);
        }),
        reachability);
  }

  /** Begins to watch objects that Rollouts name, later than all others. */
  <T extends HasMetadata> void watchNamed(Watched<T> watched, Consumer<RolloutKey> changed) {
    watch(watched, "", interests::naming, changed);
  }

  // One Rollout alone is interested in them, and its pass goes on until its own writes are seen.
  private <T extends HasMetadata> void watchOwned(
      Watched<T> watched,
      String label,
      Function<T, Optional<RolloutKey>> owner,
      Consumer<RolloutKey> changed) {
    Consumer<T> tell = object -> owner.apply(object).ifPresent(changed);
    watched.start(
        client, namespaces, label, answered(tell), answered(_ -> {}), answered(tell), reachability);
  }

  private <T extends HasMetadata> void watch(
      Watched<T> watched,
      String label,
      Function<T, List<RolloutKey>> interested,
      Consumer<RolloutKey> changed) {
    Consumer<T> tell = object -> interested.apply(object).forEach(changed);
    begin(watched, namespaces, label, tell, tell);
  }

  private <T extends HasMetadata> void begin(
      Watched<T> watched, List<String> where, String label, Consumer<T> seen, Consumer<T> gone) {
    watched.start(
        client, where, label, answered(seen), answered(seen), answered(gone), reachability);
  }

  private <T> Consumer<T> answered(Consumer<T> next) {
    return object -> {
      reachability.answered();
      next.accept(object);
    };
  }
}
