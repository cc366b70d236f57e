package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a Deployment needs now: a pure function of it and its ReplicaSets. It replaces pods within
 * its surge and what may be missing, and knows nothing of revisions, pauses and deadlines.
 *
 * @param create the size of the ReplicaSet of its template, where there is none
 * @param sizes of the ReplicaSets that are to have another one, by name
 * @param status as the Deployment should show it
 */
record DeploymentPlan(
    Optional<Integer> create, Map<String, Integer> sizes, DeploymentStatus status) {

  /** On its ReplicaSets and their pods: which template. */
  static final String TEMPLATE_LABEL = "pod-template-hash";

  static DeploymentPlan of(Deployment deployment, List<ReplicaSet> owned) {
    Optional<ReplicaSet> newest =
        owned.stream().filter(set -> hasTemplate(set, deployment)).findFirst();
    List<ReplicaSet> old =
        owned.stream()
            .filter(set -> newest.isEmpty() || set != newest.get())
            .sorted(Comparator.comparing(set -> set.getMetadata().getCreationTimestamp()))
            .toList();
    int replicas = replicas(deployment);
    int all = owned.stream().mapToInt(DeploymentPlan::wanted).sum();
    int room = Math.max(0, replicas + surge(deployment) - all);
    int present = newest.map(DeploymentPlan::wanted).orElse(0);
    int grown = Math.min(replicas, present + room);
    Map<String, Integer> sizes = new TreeMap<>();
    if (newest.isPresent() && grown != present) {
      sizes.put(newest.get().getMetadata().getName(), grown);
    }
    if (newest.isPresent()) {
      shrink(deployment, newest.get(), old, sizes);
    }
    return new DeploymentPlan(
        newest.isEmpty() ? Optional.of(grown) : Optional.empty(),
        sizes,
        status(deployment, owned, newest));
  }

  /** What its ReplicaSets have, but for their label. */
  static boolean hasTemplate(ReplicaSet set, Deployment deployment) {
    PodTemplateSpec plain =
        new PodTemplateSpecBuilder(set.getSpec().getTemplate())
            .editMetadata()
            .removeFromLabels(TEMPLATE_LABEL)
            .endMetadata()
            .build();
    return plain.equals(deployment.getSpec().getTemplate());
  }

  // What is missing is missing with the new pods that are not available yet.
  private static void shrink(
      Deployment deployment, ReplicaSet newest, List<ReplicaSet> old, Map<String, Integer> sizes) {
    int all = wanted(newest) + old.stream().mapToInt(DeploymentPlan::wanted).sum();
    int least = replicas(deployment) - unavailable(deployment);
    int spare =
        all - least - (wanted(newest) - count(newest, ReplicaSetStatus::getAvailableReplicas));
    for (ReplicaSet set : old) {
      int fewer = Math.min(wanted(set), Math.max(0, spare));
      if (fewer > 0) {
        sizes.put(set.getMetadata().getName(), wanted(set) - fewer);
        spare -= fewer;
      }
    }
  }

  private static DeploymentStatus status(
      Deployment deployment, List<ReplicaSet> owned, Optional<ReplicaSet> newest) {
    return new DeploymentStatusBuilder()
        .withObservedGeneration(deployment.getMetadata().getGeneration())
        .withReplicas(sum(owned, ReplicaSetStatus::getReplicas))
        .withUpdatedReplicas(sum(newest.stream().toList(), ReplicaSetStatus::getReplicas))
        .withReadyReplicas(sum(owned, ReplicaSetStatus::getReadyReplicas))
        .withAvailableReplicas(sum(owned, ReplicaSetStatus::getAvailableReplicas))
        .build();
  }

  // Zero counts are left out, as the real controller's type does.
  private static Integer sum(List<ReplicaSet> sets, Function<ReplicaSetStatus, Integer> count) {
    int sum = sets.stream().mapToInt(set -> count(set, count)).sum();
    return sum == 0 ? null : sum;
  }

  private static int count(ReplicaSet set, Function<ReplicaSetStatus, Integer> count) {
    return Optional.ofNullable(set.getStatus()).map(count).orElse(0);
  }

  private static int wanted(ReplicaSet set) {
    return Optional.ofNullable(set.getSpec().getReplicas()).orElse(1);
  }

  private static int replicas(Deployment deployment) {
    return Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1);
  }

  private static int surge(Deployment deployment) {
    return number(rolling(deployment).getMaxSurge(), replicas(deployment), true);
  }

  private static int unavailable(Deployment deployment) {
    int number = number(rolling(deployment).getMaxUnavailable(), replicas(deployment), false);
    return number == 0 && surge(deployment) == 0 ? 1 : number;
  }

  private static RollingUpdateDeployment rolling(Deployment deployment) {
    return deployment.getSpec().getStrategy().getRollingUpdate();
  }

  private static int number(IntOrString value, int replicas, boolean up) {
    if (value.getIntVal() != null) {
      return value.getIntVal();
    }
    int percent = Integer.parseInt(value.getStrVal().replace("%", ""));
    return (percent * replicas + (up ? 99 : 0)) / 100;
  }
}
