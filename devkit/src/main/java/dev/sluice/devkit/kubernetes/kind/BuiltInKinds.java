package dev.sluice.devkit.kubernetes.kind;

import static dev.sluice.devkit.kubernetes.kind.Trait.COUNTS_ANNOTATIONS;
import static dev.sluice.devkit.kubernetes.kind.Trait.CREATE_ON_UPDATE;
import static dev.sluice.devkit.kubernetes.kind.Trait.GENERATION;
import static dev.sluice.devkit.kubernetes.kind.Trait.GRACEFUL_DELETION;
import static dev.sluice.devkit.kubernetes.kind.Trait.RETURNS_DELETED;
import static dev.sluice.devkit.kubernetes.kind.Trait.STATUS_KEEPS_LABELS;
import static dev.sluice.devkit.kubernetes.kind.Trait.UNCONDITIONAL_UPDATE;

import dev.sluice.devkit.kubernetes.object.GroupResource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The kinds that are there without a CustomResourceDefinition. */
public final class BuiltInKinds {
  private static final ScalePaths SCALE =
      new ScalePaths("/spec/replicas", "/status/replicas", "/spec/selector");
  private static final Set<String> NONE = Set.of();

  public static final Kind NAMESPACE =
      cluster(
          "",
          "v1",
          "Namespace",
          "namespaces",
          "ns",
          Set.of("status"),
          Set.of("status.phase"),
          UNCONDITIONAL_UPDATE,
          RETURNS_DELETED);
  public static final Kind POD =
      namespaced(
          "",
          "v1",
          "Pod",
          "pods",
          "po",
          Set.of("status", "binding", "eviction"),
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "status.phase",
              "status.podIP"),
          UNCONDITIONAL_UPDATE,
          RETURNS_DELETED,
          GRACEFUL_DELETION);
  public static final Kind SERVICE =
      namespaced(
          "",
          "v1",
          "Service",
          "services",
          "svc",
          Set.of("status"),
          Set.of("spec.clusterIP", "spec.type"),
          UNCONDITIONAL_UPDATE,
          RETURNS_DELETED);
  public static final Kind REPLICA_SET =
      namespaced(
          "apps",
          "v1",
          "ReplicaSet",
          "replicasets",
          "rs",
          Set.of("status", "scale"),
          Set.of("status.replicas"),
          UNCONDITIONAL_UPDATE,
          GENERATION);
  public static final Kind DEFINITION =
      cluster(
          "apiextensions.k8s.io",
          "v1",
          "CustomResourceDefinition",
          "customresourcedefinitions",
          "crd,crds",
          Set.of("status"),
          NONE,
          GENERATION);

  public static final List<Kind> ALL =
      List.of(
          NAMESPACE,
          POD,
          SERVICE,
          REPLICA_SET,
          DEFINITION,
          namespaced(
              "",
              "v1",
              "Endpoints",
              "endpoints",
              "ep",
              NONE,
              NONE,
              UNCONDITIONAL_UPDATE,
              CREATE_ON_UPDATE),
          namespaced(
              "",
              "v1",
              "Event",
              "events",
              "ev",
              NONE,
              Set.of(
                  "involvedObject.kind",
                  "involvedObject.namespace",
                  "involvedObject.name",
                  "involvedObject.uid",
                  "involvedObject.apiVersion",
                  "involvedObject.resourceVersion",
                  "involvedObject.fieldPath",
                  "reason",
                  "reportingComponent",
                  "type"),
              UNCONDITIONAL_UPDATE,
              CREATE_ON_UPDATE),
          namespaced("", "v1", "ConfigMap", "configmaps", "cm", NONE, NONE, UNCONDITIONAL_UPDATE),
          namespaced("", "v1", "Secret", "secrets", "", NONE, Set.of("type"), UNCONDITIONAL_UPDATE),
          namespaced(
              "",
              "v1",
              "ServiceAccount",
              "serviceaccounts",
              "sa",
              NONE,
              NONE,
              UNCONDITIONAL_UPDATE,
              RETURNS_DELETED),
          namespaced(
              "apps",
              "v1",
              "Deployment",
              "deployments",
              "deploy",
              Set.of("status", "scale"),
              NONE,
              UNCONDITIONAL_UPDATE,
              GENERATION,
              COUNTS_ANNOTATIONS,
              STATUS_KEEPS_LABELS),
          namespaced(
              "networking.k8s.io",
              "v1",
              "Ingress",
              "ingresses",
              "ing",
              Set.of("status"),
              NONE,
              UNCONDITIONAL_UPDATE,
              GENERATION),
          namespaced(
              "discovery.k8s.io",
              "v1",
              "EndpointSlice",
              "endpointslices",
              "",
              NONE,
              NONE,
              UNCONDITIONAL_UPDATE,
              GENERATION),
          namespaced(
              "batch",
              "v1",
              "Job",
              "jobs",
              "",
              Set.of("status"),
              Set.of("status.successful"),
              UNCONDITIONAL_UPDATE,
              GENERATION),
          namespaced(
              "coordination.k8s.io", "v1", "Lease", "leases", "", NONE, NONE, CREATE_ON_UPDATE));

  private BuiltInKinds() {}

  private static Kind cluster(
      String group,
      String version,
      String name,
      String plural,
      String shortNames,
      Set<String> subresources,
      Set<String> fields,
      Trait... traits) {
    return kind(group, version, name, plural, shortNames, false, subresources, fields, traits);
  }

  private static Kind namespaced(
      String group,
      String version,
      String name,
      String plural,
      String shortNames,
      Set<String> subresources,
      Set<String> fields,
      Trait... traits) {
    return kind(group, version, name, plural, shortNames, true, subresources, fields, traits);
  }

  private static Kind kind(
      String group,
      String version,
      String name,
      String plural,
      String shortNames,
      boolean namespaced,
      Set<String> subresources,
      Set<String> fields,
      Trait... traits) {
    boolean all = Set.of("pods", "services", "replicasets", "deployments", "jobs").contains(plural);
    return new Kind(
        new GroupResource(group, plural),
        version,
        name,
        name.toLowerCase(Locale.ROOT),
        shortNames.isEmpty() ? List.of() : List.of(shortNames.split(",")),
        all ? List.of("all") : List.of(),
        namespaced,
        Set.of(traits),
        subresources,
        subresources.contains("scale") ? Optional.of(SCALE) : Optional.empty(),
        fields,
        Optional.empty(),
        BuiltInColumns.of(plural));
  }
}
