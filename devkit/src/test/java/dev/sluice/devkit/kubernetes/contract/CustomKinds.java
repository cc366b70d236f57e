package dev.sluice.devkit.kubernetes.contract;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The custom kinds that tests use; installed by the first who asks, and left there. */
final class CustomKinds {
  static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  static final String VERSION = "contract.sluice.dev/v1";

  private CustomKinds() {}

  /** The path of the kind with status and scale, in the test's namespace. */
  static String widgets(Api api) {
    return installed(api, "widgets");
  }

  /** The path of the kind without subresources, in the test's namespace. */
  static String gadgets(Api api) {
    return installed(api, "gadgets");
  }

  /** The path of the kind with lists of every sort, in the test's namespace. */
  static String gizmos(Api api) {
    return installed(api, "gizmos");
  }

  /** Installs the kinds of argoproj.io as they are shipped, and waits until they are served. */
  static void rollouts(Api api) {
    for (String plural : List.of("rollouts", "experiments", "analysisruns", "analysistemplates")) {
      // Too large for an annotation, but not for a plain creation.
      api.post(DEFINITIONS, text("/META-INF/sluice/crds/" + plural + ".yaml"));
      String path = api.in("argoproj.io/v1alpha1", plural);
      await().atMost(Duration.ofSeconds(60)).until(() -> api.get(path).code() == 200);
    }
  }

  /** The JSON of an object, with its type if it is one of these. */
  static String typed(String path, String yaml) {
    JsonNode object = Api.tree(yaml);
    String plural = path.replaceAll("\\?.*", "").replaceAll(".*/", "");
    String kind =
        Map.of("widgets", "Widget", "gadgets", "Gadget", "gizmos", "Gizmo")
            .getOrDefault(plural, "");
    if (object instanceof ObjectNode untyped && !kind.isEmpty()) {
      untyped.put("apiVersion", VERSION).put("kind", kind);
    }
    return object.toString();
  }

  private static String installed(Api api, String plural) {
    api.post(DEFINITIONS, text("/contract/" + plural + ".yaml"));
    String path = api.in(VERSION, plural);
    await().atMost(Duration.ofSeconds(60)).until(() -> api.get(path).code() == 200);
    return path;
  }

  private static String text(String resource) {
    try (InputStream file = CustomKinds.class.getResourceAsStream(resource)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
