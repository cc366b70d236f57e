package dev.sluice.crd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import java.util.List;

/** A CustomResourceDefinition, from the class of its kind. */
record Crd(
    Class<? extends HasMetadata> kind,
    Class<? extends Struct> spec,
    Class<? extends Struct> status,
    List<Column> columns) {

  /** A column of {@code kubectl get}. */
  record Column(String name, String type, String path, String description) {}

  private static final Column AGE =
      new Column("Age", "date", ".metadata.creationTimestamp", "Time since it was created");

  private static Column phase(String description) {
    return new Column("Status", "string", ".status.phase", description);
  }

  static final List<Crd> ALL =
      List.of(
          new Crd(
              Rollout.class,
              RolloutSpec.class,
              RolloutStatus.class,
              List.of(
                  new Column("Desired", "integer", ".spec.replicas", "Number of pods wanted"),
                  new Column("Current", "integer", ".status.replicas", "Number of pods"),
                  new Column(
                      "Up-to-date",
                      "integer",
                      ".status.updatedReplicas",
                      "Number of pods of the wanted template"),
                  new Column(
                      "Available",
                      "integer",
                      ".status.availableReplicas",
                      "Number of pods ready for minReadySeconds or longer"),
                  AGE)),
          new Crd(AnalysisTemplate.class, AnalysisTemplateSpec.class, null, List.of(AGE)),
          new Crd(ClusterAnalysisTemplate.class, AnalysisTemplateSpec.class, null, List.of(AGE)),
          new Crd(
              AnalysisRun.class,
              AnalysisRunSpec.class,
              AnalysisRunStatus.class,
              List.of(phase("Phase of the run"), AGE)),
          new Crd(
              Experiment.class,
              ExperimentSpec.class,
              ExperimentStatus.class,
              List.of(phase("Phase of the experiment"), AGE)));

  String fileName() {
    return HasMetadata.getPlural(kind) + ".yaml";
  }

  ObjectNode document() {
    ObjectNode crd = Resources.JSON.createObjectNode();
    crd.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
    crd.putObject("metadata").put("name", HasMetadata.getFullResourceName(kind));
    ObjectNode definition = crd.putObject("spec");
    definition.put("group", Api.GROUP);
    ObjectNode names = definition.putObject("names");
    names
        .put("kind", HasMetadata.getKind(kind))
        .put("listKind", HasMetadata.getKind(kind) + "List");
    names.put("plural", HasMetadata.getPlural(kind));
    ArrayNode shortNames = names.putArray("shortNames");
    for (String shortName : kind.getAnnotation(ShortNames.class).value()) {
      shortNames.add(shortName);
    }
    names.put("singular", HasMetadata.getSingular(kind));
    definition.put("scope", Namespaced.class.isAssignableFrom(kind) ? "Namespaced" : "Cluster");
    definition.putArray("versions").add(version());
    return crd;
  }

  private ObjectNode version() {
    ObjectNode version = Resources.JSON.createObjectNode();
    version.put("name", Api.VERSION).put("served", true).put("storage", true);
    ArrayNode printed = version.putArray("additionalPrinterColumns");
    for (Column column : columns) {
      printed
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("jsonPath", column.path())
          .put("description", column.description());
    }
    ObjectNode subresources = version.putObject("subresources");
    if (kind == Rollout.class) {
      // Only here: the other kinds take their status through the main resource, as Argo's tools
      // expect.
      subresources.putObject("status");
      subresources
          .putObject("scale")
          .put("specReplicasPath", ".spec.replicas")
          .put("statusReplicasPath", ".status.HPAReplicas")
          .put("labelSelectorPath", ".status.selector");
    }
    version.putObject("schema").set("openAPIV3Schema", schema());
    return version;
  }

  private ObjectNode schema() {
    ObjectNode schema = Resources.JSON.createObjectNode().put("type", "object");
    schema.putArray("required").add("spec");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("apiVersion").put("type", "string");
    properties.putObject("kind").put("type", "string");
    properties.putObject("metadata").put("type", "object");
    properties.set("spec", CrdSchema.of(ModelTypes.of(spec)));
    if (status != null) {
      properties.set("status", CrdSchema.of(ModelTypes.of(status)));
    }
    if (kind == Rollout.class) {
      ((ObjectNode) properties.at("/spec/properties/selector"))
          .putArray("x-kubernetes-validations")
          .addObject()
          .put("rule", "self == oldSelf")
          .put("message", ".spec.selector is immutable");
    }
    return schema;
  }
}
