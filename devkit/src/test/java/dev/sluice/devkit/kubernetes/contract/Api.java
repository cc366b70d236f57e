package dev.sluice.devkit.kubernetes.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A test's way to the server: plain HTTP with the kubeconfig's credentials, in a namespace of its
 * own.
 */
final class Api implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();
  static final String MERGE = "application/merge-patch+json";
  static final String STRATEGIC = "application/strategic-merge-patch+json";
  static final String APPLY = "application/apply-patch+yaml";
  static final String JSON_PATCH = "application/json-patch+json";

  private final Path kubeconfig;
  private final KubernetesClient client;
  private final String namespace = "contract-" + UUID.randomUUID().toString().substring(0, 8);

  Api(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    // A contract is about the first answer: no client may hide one by asking again.
    config.setRequestRetryBackoffLimit(0);
    config.setUserAgent("sluice-contract");
    this.client = new KubernetesClientBuilder().withConfig(config).build();
    post("/api/v1/namespaces", "{metadata: {name: " + namespace + "}}");
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  /** The address of a collection in the test's namespace: {@code in("apps/v1", "replicasets")}. */
  String in(String apiVersion, String plural) {
    String root = apiVersion.contains("/") ? "/apis/" : "/api/";
    return root + apiVersion + "/namespaces/" + namespace + "/" + plural;
  }

  Answer get(String path) {
    return send("GET", path, "application/json", "", "");
  }

  Answer get(String path, String accept) {
    return send("GET", path, accept, "", "");
  }

  /**
   * Bodies are written as YAML, which is easier to read in a test, and sent as JSON. Our own kinds
   * get their type from the path, as the server insists on it.
   */
  Answer post(String path, String yaml) {
    return send(
        "POST", path, "application/json", "application/json", CustomKinds.typed(path, yaml));
  }

  Answer put(String path, JsonNode object) {
    return send("PUT", path, "application/json", "application/json", object.toString());
  }

  Answer put(String path, String yaml) {
    return send("PUT", path, "application/json", "application/json", json(yaml));
  }

  Answer merge(String path, String yaml) {
    return send("PATCH", path, "application/json", MERGE, json(yaml));
  }

  Answer jsonPatch(String path, String yaml) {
    return send("PATCH", path, "application/json", JSON_PATCH, json(yaml));
  }

  Answer strategic(String path, String yaml) {
    return send("PATCH", path, "application/json", STRATEGIC, json(yaml));
  }

  /** Server-side apply; the path may bring a query of its own. */
  Answer apply(String path, String manager, String yaml) {
    String query = (path.contains("?") ? "&" : "?") + "fieldManager=" + manager;
    return send("PATCH", path + query, "application/json", APPLY, json(yaml));
  }

  Answer delete(String path) {
    return send("DELETE", path, "application/json", "", "");
  }

  Answer delete(String path, String yaml) {
    return send("DELETE", path, "application/json", "application/json", json(yaml));
  }

  Answer send(String method, String path, String accept, String contentType, String body) {
    HttpRequest.Builder request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(URI.create(client.getMasterUrl().toString().replaceAll("/$", "") + path))
            .header("Accept", accept);
    if (contentType.isEmpty()) {
      request.method(method, null, null);
    } else {
      request.method(method, contentType, body);
    }
    HttpResponse<String> response =
        await(client.getHttpClient().sendAsync(request.build(), String.class));
    return new Answer(response.code(), parsed(response.body()));
  }

  /** Opens a watch; the path brings its query. */
  WatchReader watch(String path) {
    return new WatchReader(client, path);
  }

  static String query(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  static ObjectNode object(Answer answer) {
    return answer.body().deepCopy();
  }

  static String json(String yaml) {
    try {
      return YAML.readTree(yaml).toString();
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException("the test's YAML is wrong: " + yaml, wrong);
    }
  }

  /** To compare with: the order of fields does not matter. */
  static JsonNode tree(String yaml) {
    try {
      return JSON.readTree(json(yaml));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(60, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new IllegalStateException("the server did not answer", failed);
    }
  }

  @Override
  public void close() {
    try {
      delete("/api/v1/namespaces/" + namespace);
    } catch (IllegalStateException interrupted) {
      // A watch that was cut off may have taken the connection along; nobody needs the namespace.
    }
    client.close();
  }

  private static JsonNode parsed(String body) {
    try {
      return body == null || body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (IOException text) {
      return JSON.getNodeFactory().textNode(body);
    }
  }
}
