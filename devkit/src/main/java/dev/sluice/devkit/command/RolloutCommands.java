package dev.sluice.devkit.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.devkit.command.Command.Situation;
import dev.sluice.devkit.command.Command.Target;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Carries out command lines about one object, in the grammar of {@code kubectl argo rollouts}. */
public final class RolloutCommands {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final PatchContext OPERATIONS = PatchContext.of(PatchType.JSON);

  private RolloutCommands() {}

  /**
   * Runs a command line and prints what it did.
   *
   * @throws IllegalArgumentException that says what is wrong with the line or in the cluster
   */
  static void run(List<String> arguments) {
    var line = Line.parse(arguments);
    try (KubernetesClient client =
        new KubernetesClientBuilder().withConfig(config(line.kubeconfig())).build()) {
      String own = client.getNamespace() == null ? "default" : client.getNamespace();
      System.out.println(carryOut(line, client, own));
    }
  }

  /**
   * Runs a command line.
   *
   * @param namespace where the line names none
   * @return what it says
   * @throws IllegalArgumentException that says what is wrong with the line or in the cluster
   */
  public static String run(List<String> arguments, KubernetesClient client, String namespace) {
    return carryOut(Line.parse(arguments), client, namespace);
  }

  private static String carryOut(Line line, KubernetesClient client, String own) {
    String namespace = line.namespace().isEmpty() ? own : line.namespace();
    Target target = line.isStatus() ? Target.ROLLOUT : line.command().target();
    ResourceDefinitionContext kind = definition(target);
    var resource =
        client.genericKubernetesResources(kind).inNamespace(namespace).withName(line.name());
    var found = resource.get();
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no %s '%s' in namespace '%s' of %s"
              .formatted(
                  kind.getKind().toLowerCase(), line.name(), namespace, client.getMasterUrl()));
    }
    JsonNode object = MAPPER.valueToTree(found);
    if (line.isStatus()) {
      return StatusText.of(object);
    }
    List<JsonNode> replicaSets =
        client.apps().replicaSets().inNamespace(namespace).list().getItems().stream()
            .map(replicaSet -> MAPPER.<JsonNode>valueToTree(replicaSet))
            .toList();
    Optional<Resource<GenericKubernetesResource>> workload =
        WorkloadReference.of(object).map(reference -> reference.in(client, namespace));
    JsonNode template =
        workload
            .map(Resource::get)
            .<JsonNode>map(MAPPER::valueToTree)
            .orElse(MissingNode.getInstance());
    line.command()
        .patches(new Situation(object, replicaSets, Instant.now(), template))
        .forEach(patch -> send(patch, resource, workload));
    return line.command().done(line.name());
  }

  private static void send(
      Patch patch,
      Resource<GenericKubernetesResource> resource,
      Optional<Resource<GenericKubernetesResource>> workload) {
    switch (patch.form()) {
      case MERGE -> resource.patch(MERGE, patch.body());
      case STATUS -> resource.subresource("status").patch(MERGE, patch.body());
      case OPERATIONS -> resource.patch(OPERATIONS, patch.body());
      case WORKLOAD_OPERATIONS -> workload.orElseThrow().patch(OPERATIONS, patch.body());
    }
  }

  private static ResourceDefinitionContext definition(Target target) {
    var builder =
        new ResourceDefinitionContext.Builder()
            .withGroup("argoproj.io")
            .withVersion("v1alpha1")
            .withNamespaced(true);
    return switch (target) {
      case ROLLOUT -> builder.withKind("Rollout").withPlural("rollouts").build();
      case ANALYSIS_RUN -> builder.withKind("AnalysisRun").withPlural("analysisruns").build();
      case EXPERIMENT -> builder.withKind("Experiment").withPlural("experiments").build();
    };
  }

  private static Config config(String kubeconfig) {
    if (kubeconfig.isEmpty()) {
      return Config.autoConfigure(null);
    }
    var file = new File(kubeconfig);
    if (!file.isFile()) {
      throw new IllegalArgumentException("there is no kubeconfig " + file.getAbsolutePath());
    }
    return Config.fromKubeconfig(file);
  }
}
