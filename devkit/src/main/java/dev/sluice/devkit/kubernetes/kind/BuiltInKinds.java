package dev.sluice.devkit.kubernetes.kind;

import static dev.sluice.devkit.kubernetes.kind.Trait.COUNTS_ANNOTATIONS;
import static dev.sluice.devkit.kubernetes.kind.Trait.CREATE_ON_UPDATE;
import static dev.sluice.devkit.kubernetes.kind.Trait.GENERATION;
import static dev.sluice.devkit.kubernetes.kind.Trait.GRACEFUL_DELETION;
import static dev.sluice.devkit.kubernetes.kind.Trait.RETURNS_DELETED;
import static dev.sluice.devkit.kubernetes.kind.Trait.STATUS_KEEPS_LABELS;
import static dev.sluice.devkit.kubernetes.kind.Trait.UNCONDITIONAL_UPDATE;

import dev.sluice.devkit.kubernetes.object.GroupResource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
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
          Namespace.class,
          "namespaces",
          "ns",
          Set.of("status"),
          Set.of("status.phase"),
          UNCONDITIONAL_UPDATE,
          RETURNS_DELETED);
  public static final Kind POD =
      namespaced(
          "",
          Pod.class,
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
          Service.class,
          "services",
          "svc",
          Set.of("status"),
          Set.of("spec.clusterIP", "spec.type"),
          UNCONDITIONAL_UPDATE,
          RETURNS_DELETED);
  public static final Kind REPLICA_SET =
      namespaced(
          "apps",
          ReplicaSet.class,
          "replicasets",
          "rs",
          Set.of("status", "scale"),
          Set.of("status.replicas"),
          UNCONDITIONAL_UPDATE,
          GENERATION);
  public static final Kind DEFINITION =
      cluster(
          "apiextensions.k8s.io",
          CustomResourceDefinition.class,
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
              Endpoints.class,
              "endpoints",
              "ep",
              NONE,
              NONE,
              UNCONDITIONAL_UPDATE,
              CREATE_ON_UPDATE),
          namespaced(
              "",
              Event.class,
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
          namespaced("", ConfigMap.class, "configmaps", "cm", NONE, NONE, UNCONDITIONAL_UPDATE),
          namespaced("", Secret.class, "secrets", "", NONE, Set.of("type"), UNCONDITIONAL_UPDATE),
          namespaced(
              "",
              ServiceAccount.class,
              "serviceaccounts",
              "sa",
              NONE,
              NONE,
              UNCONDITIONAL_UPDATE,
              RETURNS_DELETED),
          namespaced(
              "apps",
              Deployment.class,
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
              Ingress.class,
              "ingresses",
              "ing",
              Set.of("status"),
              NONE,
              UNCONDITIONAL_UPDATE,
              GENERATION),
          namespaced(
              "discovery.k8s.io",
              EndpointSlice.class,
              "endpointslices",
              "",
              NONE,
              NONE,
              UNCONDITIONAL_UPDATE,
              GENERATION),
          namespaced(
              "batch",
              Job.class,
              "jobs",
              "",
              Set.of("status"),
              Set.of("status.successful"),
              UNCONDITIONAL_UPDATE,
              GENERATION),
          namespaced(
              "coordination.k8s.io", Lease.class, "leases", "", NONE, NONE, CREATE_ON_UPDATE));

  private BuiltInKinds() {}

  private static Kind cluster(
      String group,
      Class<?> model,
      String plural,
      String shortNames,
      Set<String> subresources,
      Set<String> fields,
      Trait... traits) {
    return kind(group, model, plural, shortNames, false, subresources, fields, traits);
  }

  private static Kind namespaced(
      String group,
      Class<?> model,
      String plural,
      String shortNames,
      Set<String> subresources,
      Set<String> fields,
      Trait... traits) {
    return kind(group, model, plural, shortNames, true, subresources, fields, traits);
  }

  private static Kind kind(
      String group,
      Class<?> model,
      String plural,
      String shortNames,
      boolean namespaced,
      Set<String> subresources,
      Set<String> fields,
      Trait... traits) {
    String name = model.getSimpleName();
    boolean all = Set.of("pods", "services", "replicasets", "deployments", "jobs").contains(plural);
    return new Kind(
        new GroupResource(group, plural),
        "v1",
        name,
        name.toLowerCase(Locale.ROOT),
        shortNames.isEmpty() ? List.of() : List.of(shortNames.split(",")),
        all ? List.of("all") : List.of(),
        namespaced,
        Set.of(traits),
        subresources,
        subresources.contains("scale") ? Optional.of(SCALE) : Optional.empty(),
        fields,
        ModelSchema.of(model),
        BuiltInColumns.of(plural));
  }
}
