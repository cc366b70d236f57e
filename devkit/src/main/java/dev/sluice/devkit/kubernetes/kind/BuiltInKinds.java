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
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplate;
import io.fabric8.kubernetes.api.model.ResourceQuota;
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
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds that are there without a CustomResourceDefinition. */
public final class BuiltInKinds {
  private static final ScalePaths SCALE =
      new ScalePaths("/spec/replicas", "/status/replicas", "/spec/selector");
  private static final Set<String> IN_ALL =
      Set.of("pods", "services", "replicasets", "deployments", "jobs");

  // Each: class, short names, subresources, selectable fields, traits; names apart by a blank.
  public static final Kind NAMESPACE =
      kind(Namespace.class, "ns", "status", "status.phase", UNCONDITIONAL_UPDATE, RETURNS_DELETED);
  public static final Kind POD =
      kind(
          Pod.class,
          "po",
          "status binding eviction",
          "spec.nodeName spec.restartPolicy spec.schedulerName spec.serviceAccountName"
              + " status.phase status.podIP",
          UNCONDITIONAL_UPDATE,
          RETURNS_DELETED,
          GRACEFUL_DELETION);
  public static final Kind DEFINITION =
      kind(CustomResourceDefinition.class, "crd crds", "status", "", GENERATION);

  private static final Kind EVENT =
      kind(
          Event.class,
          "ev",
          "",
          "involvedObject.kind involvedObject.namespace involvedObject.name involvedObject.uid"
              + " involvedObject.apiVersion involvedObject.resourceVersion"
              + " involvedObject.fieldPath reason reportingComponent type",
          UNCONDITIONAL_UPDATE,
          CREATE_ON_UPDATE);

  public static final Kind DISRUPTION_BUDGET =
      kind(PodDisruptionBudget.class, "pdb", "status", "", UNCONDITIONAL_UPDATE, GENERATION);

  public static final Kind QUOTA =
      kind(ResourceQuota.class, "quota", "status", "", UNCONDITIONAL_UPDATE);

  public static final List<Kind> ALL =
      List.of(
          NAMESPACE,
          POD,
          DEFINITION,
          DISRUPTION_BUDGET,
          QUOTA,
          kind(
              Service.class,
              "svc",
              "status",
              "spec.clusterIP spec.type",
              UNCONDITIONAL_UPDATE,
              RETURNS_DELETED),
          kind(Endpoints.class, "ep", "", "", UNCONDITIONAL_UPDATE, CREATE_ON_UPDATE),
          EVENT,
          alias(io.fabric8.kubernetes.api.model.events.v1.Event.class, "ev", EVENT, Alias.EVENT),
          kind(ConfigMap.class, "cm", "", "", UNCONDITIONAL_UPDATE),
          kind(Secret.class, "", "", "type", UNCONDITIONAL_UPDATE),
          kind(ServiceAccount.class, "sa", "", "", UNCONDITIONAL_UPDATE, RETURNS_DELETED),
          kind(
              ReplicaSet.class,
              "rs",
              "status scale",
              "status.replicas",
              UNCONDITIONAL_UPDATE,
              GENERATION),
          kind(
              Deployment.class,
              "deploy",
              "status scale",
              "",
              UNCONDITIONAL_UPDATE,
              GENERATION,
              COUNTS_ANNOTATIONS,
              STATUS_KEEPS_LABELS),
          kind(PodTemplate.class, "", "", "", UNCONDITIONAL_UPDATE, GENERATION),
          kind(Ingress.class, "ing", "status", "", UNCONDITIONAL_UPDATE, GENERATION),
          kind(EndpointSlice.class, "", "", "", UNCONDITIONAL_UPDATE, GENERATION),
          kind(Job.class, "", "status", "status.successful", UNCONDITIONAL_UPDATE, GENERATION),
          kind(Lease.class, "", "", "", CREATE_ON_UPDATE));

  private BuiltInKinds() {}

  private static Kind kind(
      Class<? extends HasMetadata> model,
      String shortNames,
      String subresources,
      String fields,
      Trait... traits) {
    GroupResource resource =
        new GroupResource(HasMetadata.getGroup(model), HasMetadata.getPlural(model));
    Set<String> parts = words(subresources).collect(Collectors.toUnmodifiableSet());
    return new Kind(
        resource,
        HasMetadata.getVersion(model),
        HasMetadata.getKind(model),
        HasMetadata.getSingular(model),
        words(shortNames).toList(),
        IN_ALL.contains(resource.plural()) ? List.of("all") : List.of(),
        Namespaced.class.isAssignableFrom(model),
        Set.of(traits),
        parts,
        parts.contains("scale") ? Optional.of(SCALE) : Optional.empty(),
        words(fields).collect(Collectors.toUnmodifiableSet()),
        ModelSchema.of(model),
        BuiltInColumns.of(resource.plural()),
        Optional.empty());
  }

  private static Kind alias(
      Class<? extends HasMetadata> model,
      String shortNames,
      Kind storage,
      Map<String, String> names) {
    Kind own = kind(model, shortNames, "", "", UNCONDITIONAL_UPDATE, CREATE_ON_UPDATE);
    return new Kind(
        storage.resource(),
        own.version(),
        own.name(),
        own.singular(),
        own.shortNames(),
        own.categories(),
        own.namespaced(),
        own.traits(),
        own.subresources(),
        own.scale(),
        Set.of("reason", "type"),
        own.schema(),
        storage.columns(),
        Optional.of(new Alias(own.group(), storage, names)));
  }

  private static Stream<String> words(String text) {
    return text.isEmpty() ? Stream.empty() : Stream.of(text.split(" "));
  }
}
