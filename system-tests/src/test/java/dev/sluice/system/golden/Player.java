package dev.sluice.system.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.command.RolloutCommands;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Does what a scenario says, in a namespace of its own. */
final class Player {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final PatchContext OPERATIONS = PatchContext.of(PatchType.JSON);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  static final String NEWEST_RUN = "@AR";

  private final KubernetesClient client;
  private final Scenario scenario;
  private final Duration patience;
  private final List<String> troubles = new ArrayList<>();

  /**
   * Creates one.
   *
   * @param patience for everything that is waited for; all of it was there within a minute when it
   *     was recorded
   */
  Player(KubernetesClient client, Scenario scenario, Duration patience) {
    this.client = client;
    this.scenario = scenario;
    this.patience = patience;
  }

  /** Does one thing after the other; goes on where something is refused or never comes. */
  List<String> play() throws InterruptedException {
    begin();
    for (Input input : scenario.inputs()) {
      play(input);
    }
    return troubles();
  }

  /** Creates the namespace and what is in it at the start. */
  void begin() {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace()).endMetadata().build())
        .create();
    scenario.objects().forEach(this::apply);
  }

  /** What was refused, and what never came. */
  List<String> troubles() {
    return List.copyOf(troubles);
  }

  private String namespace() {
    return scenario.name();
  }

  /** Does one thing; goes on where it is refused or never comes. */
  void play(Input input) throws InterruptedException {
    switch (input) {
      case Input.Apply(var object) -> apply(object);
      case Input.Try(var object) -> attempt(() -> apply(object));
      case Input.SetImage(var rollout, var image) ->
          objects("rollout")
              .withName(rollout)
              .patch(
                  OPERATIONS,
                  "[{\"op\":\"replace\",\"path\":\"/spec/template/spec/containers/0/image\","
                      + "\"value\":\"%s\"}]".formatted(image));
      case Input.PatchObject patch -> patch(patch);
      case Input.Scale(var rollout, int replicas) ->
          objects("rollout")
              .withName(rollout)
              .patch(MERGE, "{\"spec\":{\"replicas\":%d}}".formatted(replicas));
      case Input.Delete(var kind, var name) -> objects(kind).withName(name).delete();
      case Input.Sleep(var time) -> Thread.sleep(time);
      case Input.Plugin plugin when plugin.onlyReads() -> {}
      case Input.Plugin(var line, boolean refused) when refused -> attemptInVain(line);
      case Input.Plugin(var line, _) -> attempt(() -> plugin(line));
      case Input.Wait(var condition) -> await(condition);
    }
  }

  private void apply(ObjectNode object) {
    try {
      var resource = MAPPER.treeToValue(object, GenericKubernetesResource.class);
      client.resource(resource).inNamespace(namespace()).createOr(NonDeletingOperation::update);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a Kubernetes object: " + object, e);
    }
  }

  private void patch(Input.PatchObject patch) {
    Resource<GenericKubernetesResource> object = objects(patch.kind()).withName(patch.name());
    PatchContext form = patch.operations() ? OPERATIONS : MERGE;
    if (patch.status()) {
      object.subresource("status").patch(form, patch.body().toString());
    } else {
      object.patch(form, patch.body().toString());
    }
  }

  private void plugin(List<String> line) {
    List<String> words =
        line.stream().map(word -> word.equals(NEWEST_RUN) ? newestRun() : word).toList();
    RolloutCommands.run(words, client, namespace());
  }

  /** The name of the AnalysisRun that was created last. */
  String newestRun() {
    return objects("analysisrun").list().getItems().stream()
        .max(Comparator.comparing(run -> run.getMetadata().getCreationTimestamp()))
        .orElseThrow(() -> new IllegalArgumentException("there is no AnalysisRun"))
        .getMetadata()
        .getName();
  }

  private void attempt(Runnable what) {
    try {
      what.run();
    } catch (KubernetesClientException | IllegalArgumentException refused) {
      troubles.add("refused: " + refused.getMessage());
    }
  }

  private void attemptInVain(List<String> line) {
    try {
      plugin(line);
      troubles.add("not refused: " + String.join(" ", line));
    } catch (IllegalArgumentException asRecorded) {
      // What it says is the concern of its own tests.
    }
  }

  private void await(Condition condition) throws InterruptedException {
    Instant deadline = Instant.now().plus(patience);
    while (!isThere(condition)) {
      if (Instant.now().isAfter(deadline)) {
        troubles.add("never came: " + condition);
        return;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private boolean isThere(Condition condition) {
    return objects(condition.kind()).list().getItems().stream()
        .anyMatch(object -> condition.holds(MAPPER.<JsonNode>valueToTree(object)));
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      objects(String kind) {
    return client.genericKubernetesResources(Kinds.of(kind)).inNamespace(namespace());
  }
}
