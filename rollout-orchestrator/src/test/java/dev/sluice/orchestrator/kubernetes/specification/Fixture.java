package dev.sluice.orchestrator.kubernetes.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.crd.AnalysisTemplate;
import dev.sluice.crd.ClusterAnalysisTemplate;
import dev.sluice.crd.Rollout;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects out of a YAML file, by kind and name. */
public final class Fixture implements References {

  public static final Path FOLDER = Path.of("src/test/resources/kubernetes/specification");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ObjectNode> objects = new LinkedHashMap<>();

  private Fixture() {}

  /** Reads files with documents. */
  public static Fixture read(Path... files) {
    Fixture fixture = new Fixture();
    for (Path file : files) {
      try (var documents =
          new YAMLMapper()
              .readerFor(ObjectNode.class)
              .<ObjectNode>readValues(new YAMLFactory().createParser(file.toFile()))) {
        documents.readAll().forEach(fixture::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return fixture;
  }

  private void add(ObjectNode object) {
    objects.put(object.path("kind").asText() + "/" + object.at("/metadata/name").asText(), object);
  }

  /** Changes the object of this kind and name; null removes it, a new name adds one. */
  public Fixture change(String id, JsonNode patch) {
    if (patch.isNull()) {
      objects.remove(id);
      return this;
    }
    ObjectNode object =
        objects.computeIfAbsent(
            id,
            key -> {
              ObjectNode created = JSON.createObjectNode();
              created.putObject("metadata").put("name", key.substring(key.indexOf('/') + 1));
              return created;
            });
    merge(object, patch);
    return this;
  }

  /** The only Rollout. */
  public Rollout rollout() {
    return objects.entrySet().stream()
        .filter(each -> each.getKey().startsWith("Rollout/"))
        .map(each -> as(each.getValue(), Rollout.class))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public List<ReplicaSet> replicaSets(String uid) {
    return objects.entrySet().stream()
        .filter(each -> each.getKey().startsWith("ReplicaSet/"))
        .map(each -> as(each.getValue(), ReplicaSet.class))
        .toList();
  }

  @Override
  public Optional<Service> service(String name) {
    return find("Service/" + name, Service.class);
  }

  @Override
  public Optional<Ingress> ingress(String name) {
    return find("Ingress/" + name, Ingress.class);
  }

  @Override
  public Optional<Template> template(TemplateName name) {
    return name.clusterScope()
        ? find("ClusterAnalysisTemplate/" + name.name(), ClusterAnalysisTemplate.class)
            .map(t -> new Template(name, "", t.getSpec()))
        : find("AnalysisTemplate/" + name.name(), AnalysisTemplate.class)
            .map(t ->
                new Template(
                    name,
                    t.getMetadata().getAnnotations() == null
                        ? ""
                        : t.getMetadata().getAnnotations().getOrDefault(Annotations.NO_DATA, ""),
                    t.getSpec()));
  }

  @Override
  public Optional<Workload> workload(WorkloadKind kind, String name) {
    return Optional.ofNullable(objects.get(kind.kind() + "/" + name))
        .map(object -> {
          JsonNode holder = kind == WorkloadKind.POD_TEMPLATE ? object : object.path("spec");
          return new Workload(
              (ObjectNode) holder.get("template"),
              (ObjectNode) holder.get("selector"),
              object.at("/metadata/generation").asLong());
        });
  }

  private <T> Optional<T> find(String id, Class<T> type) {
    return Optional.ofNullable(objects.get(id)).map(object -> as(object, type));
  }

  private static <T> T as(ObjectNode object, Class<T> type) {
    try {
      return JSON.treeToValue(object, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void merge(ObjectNode object, JsonNode patch) {
    patch
        .properties()
        .forEach(each -> {
          if (each.getValue().isNull()) {
            object.remove(each.getKey());
          } else if (each.getValue().isObject()) {
            merge(object.withObjectProperty(each.getKey()), each.getValue());
          } else {
            object.set(each.getKey(), each.getValue());
          }
        });
  }
}
