package dev.sluice.devkit.kubernetes.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.FieldError;
import dev.sluice.devkit.kubernetes.object.GroupResource;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.schema.Immutability;
import dev.sluice.devkit.kubernetes.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** From a CustomResourceDefinition to the kinds that it defines. */
public final class CustomKinds {
  private CustomKinds() {}

  /** One kind per served version, in the definition's order. */
  public static List<Kind> of(JsonNode definition) {
    List<Kind> kinds = new ArrayList<>();
    for (JsonNode version : definition.at("/spec/versions")) {
      if (version.path("served").asBoolean(false)) {
        kinds.add(kind(definition.path("spec"), version));
      }
    }
    return kinds;
  }

  /** Refuses what the API refuses, and by name what this server cannot do. */
  public static void check(ObjectNode definition) {
    JsonNode spec = definition.path("spec");
    List<FieldError> errors = new ArrayList<>();
    for (String required : List.of("/group", "/scope", "/names/kind", "/names/plural")) {
      if (Json.text(spec, required).isEmpty()) {
        errors.add(FieldError.required("spec" + required.replace('/', '.'), ""));
      }
    }
    String name = Json.text(definition, "/metadata/name");
    String wanted = Json.text(spec, "/names/plural") + "." + Json.text(spec, "/group");
    if (!name.equals(wanted)) {
      errors.add(
          FieldError.invalid(
              "metadata.name", '"' + name + '"', "must be spec.names.plural+\".\"+spec.group"));
    }
    long stored =
        StreamSupport.stream(spec.path("versions").spliterator(), false)
            .filter(version -> version.path("storage").asBoolean(false))
            .count();
    if (stored != 1) {
      errors.add(
          FieldError.invalid(
              "spec.versions", "[]", "must have exactly one version marked as storage version"));
    }
    for (int i = 0; i < spec.path("versions").size(); i++) {
      if (spec.path("versions").get(i).at("/schema/openAPIV3Schema").isMissingNode()) {
        errors.add(
            FieldError.required(
                "spec.versions[" + i + "].schema.openAPIV3Schema", "schemas are required"));
      }
    }
    if (!errors.isEmpty()) {
      throw ApiError.invalid("apiextensions.k8s.io", "CustomResourceDefinition", name, errors);
    }
    refuseWhatIsNotBuilt(spec);
    of(definition); // the columns' JSON paths are parsed here, so that a bad one never gets in
  }

  private static void refuseWhatIsNotBuilt(JsonNode spec) {
    if (Json.text(spec, "/conversion/strategy").equals("Webhook")) {
      throw ApiError.notBuilt("conversion between versions by webhook");
    }
    if (!Immutability.isAllThatIsAsked(spec.path("versions"))) {
      throw ApiError.notBuilt(
          "validation by CEL rules (x-kubernetes-validations) other than self == oldSelf");
    }
  }

  private static Kind kind(JsonNode spec, JsonNode version) {
    JsonNode names = spec.path("names");
    String kind = names.path("kind").asText();
    Set<String> subresources = new HashSet<>();
    version.path("subresources").fieldNames().forEachRemaining(subresources::add);
    JsonNode scale = version.at("/subresources/scale");
    Set<String> selectable = new HashSet<>();
    version
        .path("selectableFields")
        .forEach(field -> selectable.add(Json.text(field, "/jsonPath").substring(1)));
    return new Kind(
        new GroupResource(spec.path("group").asText(), names.path("plural").asText()),
        version.path("name").asText(),
        kind,
        names.path("singular").asText(kind.toLowerCase(Locale.ROOT)),
        Json.texts(names.path("shortNames")),
        Json.texts(names.path("categories")),
        spec.path("scope").asText().equals("Namespaced"),
        Set.of(Trait.CUSTOM, Trait.GENERATION),
        Set.copyOf(subresources),
        scale.isObject() ? Optional.of(scalePaths(scale)) : Optional.empty(),
        Set.copyOf(selectable),
        new Schema(version.at("/schema/openAPIV3Schema")),
        columns(version.path("additionalPrinterColumns")),
        Optional.empty());
  }

  private static ScalePaths scalePaths(JsonNode scale) {
    return new ScalePaths(
        pointer(scale, "specReplicasPath"),
        pointer(scale, "statusReplicasPath"),
        pointer(scale, "labelSelectorPath"));
  }

  private static String pointer(JsonNode scale, String field) {
    return Json.text(scale, "/" + field).replace('.', '/');
  }

  private static List<Column> columns(JsonNode definitions) {
    List<Column> columns = new ArrayList<>(List.of(Cells.NAME));
    definitions.forEach(definition -> columns.add(Cells.custom(definition)));
    if (columns.size() == 1) {
      columns.add(Cells.AGE);
    }
    return List.copyOf(columns);
  }
}
