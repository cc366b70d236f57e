package dev.sluice.devkit.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.File;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Commands about one Rollout: {@code VERB NAME [-n NAMESPACE] [--kubeconfig FILE]}. */
public final class RolloutCommands {

  /** The verbs, for the launcher. */
  public static final List<String> VERBS = List.of("status", "promote", "abort", "retry");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final ResourceDefinitionContext ROLLOUTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("argoproj.io")
          .withVersion("v1alpha1")
          .withKind("Rollout")
          .withPlural("rollouts")
          .withNamespaced(true)
          .build();

  private RolloutCommands() {}

  /**
   * Runs a command line that begins with one of {@link #VERBS} and prints what it did.
   *
   * @throws IllegalArgumentException that says what is wrong with the line or in the cluster
   */
  public static void run(List<String> arguments) {
    var line = Line.parse(arguments);
    try (KubernetesClient client =
        new KubernetesClientBuilder().withConfig(config(line.kubeconfig())).build()) {
      String namespace = line.namespace() == null ? client.getNamespace() : line.namespace();
      var resource =
          client
              .genericKubernetesResources(ROLLOUTS)
              .inNamespace(namespace == null ? "default" : namespace)
              .withName(line.name());
      var rollout = resource.get();
      if (rollout == null) {
        throw new IllegalArgumentException(
            "there is no rollout '%s' in namespace '%s' of %s"
                .formatted(line.name(), namespace, client.getMasterUrl()));
      }
      System.out.println(carryOut(line, MAPPER.valueToTree(rollout), resource));
    }
  }

  private static String carryOut(
      Line line, JsonNode rollout, Resource<GenericKubernetesResource> resource) {
    return switch (line.verb()) {
      case "status" -> StatusText.of(rollout);
      case "abort" -> send(Patch.abort(), resource, line, "aborted");
      case "retry" -> send(Patch.retry(), resource, line, "retried");
      case "promote" ->
          line.full()
              ? send(Patch.promoteFully(rollout), resource, line, "fully promoted")
              : send(Patch.promote(rollout), resource, line, "promoted");
      default -> throw new IllegalArgumentException("unknown command " + line.verb());
    };
  }

  private static String send(
      List<Patch> patches, Resource<GenericKubernetesResource> resource, Line line, String done) {
    for (Patch patch : patches) {
      if (patch.status()) {
        resource.subresource("status").patch(MERGE, patch.body());
      } else {
        resource.patch(MERGE, patch.body());
      }
    }
    return "rollout '" + line.name() + "' " + done;
  }

  private static Config config(String kubeconfig) {
    if (kubeconfig == null) {
      return Config.autoConfigure(null);
    }
    var file = new File(kubeconfig);
    if (!file.isFile()) {
      throw new IllegalArgumentException("there is no kubeconfig " + file.getAbsolutePath());
    }
    return Config.fromKubeconfig(file);
  }

  /**
   * What was typed.
   *
   * @param namespace null for the kubeconfig's own
   * @param kubeconfig null for the usual place
   */
  record Line(String verb, String name, String namespace, String kubeconfig, boolean full) {

    static Line parse(List<String> arguments) {
      String verb = arguments.getFirst();
      var names = new ArrayList<String>();
      String namespace = null;
      String kubeconfig = null;
      boolean full = false;
      for (Iterator<String> rest = arguments.listIterator(1); rest.hasNext(); ) {
        String argument = rest.next();
        switch (argument) {
          case "-n", "--namespace" -> namespace = value(argument, rest);
          case "--kubeconfig" -> kubeconfig = value(argument, rest);
          case "--full" -> full = true;
          default -> names.add(argument);
        }
      }
      if (names.size() != 1
          || names.getFirst().startsWith("-")
          || (full && !verb.equals("promote"))) {
        throw new IllegalArgumentException(
            "usage: sluice "
                + verb
                + " NAME"
                + (verb.equals("promote") ? " [--full]" : "")
                + " [-n NAMESPACE] [--kubeconfig FILE]");
      }
      return new Line(verb, names.getFirst(), namespace, kubeconfig, full);
    }

    private static String value(String option, Iterator<String> rest) {
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      return rest.next();
    }
  }
}
