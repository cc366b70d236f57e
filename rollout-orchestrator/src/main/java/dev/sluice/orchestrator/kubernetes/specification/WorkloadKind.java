package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutSpec;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds that a Rollout may take its pod template from, in whatever version they are named. */
public enum WorkloadKind {
  DEPLOYMENT("apps", "Deployment", "deployments.apps"),
  REPLICA_SET("apps", "ReplicaSet", "replicasets.apps"),
  POD_TEMPLATE("", "PodTemplate", "podtemplates");

  private final String group;
  private final String kind;
  private final String resource;

  WorkloadKind(String group, String kind, String resource) {
    this.group = group;
    this.kind = kind;
    this.resource = resource;
  }

  /** The kind that a Rollout refers to; empty if it refers to nothing, or to another kind. */
  public static Optional<WorkloadKind> of(Rollout rollout) {
    return rollout.getSpec() == null || rollout.getSpec().workloadRef == null
        ? Optional.empty()
        : of(rollout.getSpec().workloadRef);
  }

  static Optional<WorkloadKind> of(RolloutSpec.WorkloadRef reference) {
    String of = group(reference);
    return Stream.of(values())
        .filter(each -> each.group.equals(of) && each.kind.equals(reference.kind))
        .findFirst();
  }

  /** The API group that is written in a reference. */
  static String group(RolloutSpec.WorkloadRef reference) {
    String version = Objects.requireNonNullElse(reference.apiVersion, "");
    return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
  }

  /** As objects name it. */
  public String kind() {
    return kind;
  }

  /** As messages of the API server name it. */
  String resource() {
    return resource;
  }
}
