package dev.sluice.devkit.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Strategic merge patch: lists of the built-in kinds are merged item by item. */
@ExtendWith(KubernetesWorld.class)
class StrategicMergeIT {
  private static final String CONTAINERS = "/spec/template/spec/containers";
  private static final String DEPLOYMENT =
      """
      metadata: {name: a}
      spec:
        replicas: 0
        selector: {matchLabels: {app: a}}
        strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
        template:
          metadata: {labels: {app: a}}
          spec:
            volumes: [{name: scratch, emptyDir: {}}, {name: more, emptyDir: {}}]
            containers:
              - name: main
                image: 'registry.test/main:1'
                env: [{name: A, value: a}, {name: B, value: b}]
                ports: [{containerPort: 80, name: web}]
              - name: side
                image: 'registry.test/side:1'
      """;

  private String path;

  @BeforeEach
  void thereIsADeployment(Api api) {
    path = api.in("apps/v1", "deployments/a");
    assertThat(api.post(api.in("apps/v1", "deployments"), DEPLOYMENT).code()).isEqualTo(201);
  }

  /** What the patch names comes in its order; what it adds comes first. */
  @Test
  void itemsAreMergedByTheirKey(Api api) {
    Answer patched =
        patch(
            api,
            """
            containers:
              - name: side
                image: 'registry.test/side:2'
              - name: main
                env: [{name: B, value: new}, {name: C, value: c}]
                ports: [{containerPort: 81, name: more}]
              - name: third
                image: 'registry.test/third:1'
            """);

    assertThat(patched.body().at(CONTAINERS).findValuesAsText("image"))
        .containsExactly("registry.test/side:2", "registry.test/main:1", "registry.test/third:1");
    assertThat(patched.body().at(CONTAINERS + "/1/env"))
        .isEqualTo(Api.tree("[{name: A, value: a}, {name: B, value: new}, {name: C, value: c}]"));
    assertThat(patched.body().at(CONTAINERS + "/1/ports").findValuesAsText("containerPort"))
        .containsExactly("81", "80");
  }

  @Test
  void anItemIsDeletedByADirective(Api api) {
    Answer patched =
        patch(
            api,
            "{containers: [{name: side, $patch: delete}, {name: main, env: [{name: A, $patch: delete}]}]}");

    assertThat(patched.body().at(CONTAINERS).size()).isEqualTo(1);
    assertThat(patched.body().at(CONTAINERS + "/0/env"))
        .isEqualTo(Api.tree("[{name: B, value: b}]"));
  }

  @Test
  void aListIsReplacedByADirective(Api api) {
    Answer patched =
        patch(
            api, "{containers: [{$patch: replace}, {name: only, image: 'registry.test/only:1'}]}");

    assertThat(patched.body().at(CONTAINERS).findValuesAsText("name")).containsExactly("only");
  }

  @Test
  void anObjectIsReplacedOrRetainsTheNamedKeys(Api api) {
    Answer replaced = api.strategic(path, "{spec: {strategy: {$patch: replace, type: Recreate}}}");
    assertThat(replaced.body().at("/spec/strategy")).isEqualTo(Api.tree("{type: Recreate}"));

    Answer retained =
        api.strategic(
            path,
            "{spec: {template: {spec: {volumes: [{name: more, $retainKeys: [name, configMap],"
                + " configMap: {name: c}}]}}}}");
    JsonNode volume = retained.body().at("/spec/template/spec/volumes/1");
    assertThat(volume.has("emptyDir")).isFalse();
    assertThat(volume.at("/configMap/name").asText()).isEqualTo("c");
  }

  @Test
  void anOrderIsFollowed(Api api) {
    Answer patched =
        patch(
            api,
            """
            $setElementOrder/containers: [{name: third}, {name: side}, {name: main}]
            containers: [{name: third, image: 'registry.test/third:1'}]
            """);

    assertThat(patched.body().at(CONTAINERS).findValuesAsText("image"))
        .containsExactly("registry.test/third:1", "registry.test/side:1", "registry.test/main:1");
  }

  @Test
  void nullTakesAFieldAwayAndPlainListsAreReplaced(Api api) {
    Answer patched =
        patch(api, "{containers: [{name: main, env: null, command: [run, it]}], volumes: null}");

    assertThat(patched.body().at(CONTAINERS + "/0").has("env")).isFalse();
    assertThat(patched.body().at(CONTAINERS + "/0/command")).isEqualTo(Api.tree("[run, it]"));
    assertThat(patched.body().at("/spec/template/spec").has("volumes")).isFalse();
    assertThat(
            patch(api, "{containers: [{name: main, command: [again]}]}")
                .body()
                .at(CONTAINERS + "/0/command"))
        .isEqualTo(Api.tree("[again]"));
  }

  @Test
  void valuesAreAddedToAndDeletedFromPlainSets(Api api) {
    api.strategic(path, "{metadata: {finalizers: [sluice.dev/a, sluice.dev/b]}}");

    Answer patched =
        api.strategic(
            path,
            "{metadata: {$deleteFromPrimitiveList/finalizers: [sluice.dev/a], finalizers: [sluice.dev/c]}}");

    assertThat(patched.body().at("/metadata/finalizers"))
        .isEqualTo(Api.tree("[sluice.dev/c, sluice.dev/b]"));
    api.merge(path, "{metadata: {finalizers: null}}");
  }

  @Test
  void ownersAndConditionsAndServicePortsHaveKeys(Api api) {
    List<Answer> owners =
        List.of(
            api.post(api.in("v1", "configmaps"), "{metadata: {name: x}}"),
            api.post(api.in("v1", "configmaps"), "{metadata: {name: y}}"));
    Answer owned = null;
    for (Answer owner : owners) {
      owned = api.strategic(path, Samples.ownedConfigMap("a", owner));
    }
    assertThat(owned.body().at("/metadata/ownerReferences").findValuesAsText("name"))
        .containsExactlyInAnyOrder("x", "y");

    String condition = "{status: {conditions: [{type: %s, status: 'True'}]}}";
    api.strategic(path + "/status", condition.formatted("One"));
    assertThat(
            api.strategic(path + "/status", condition.formatted("Two"))
                .body()
                .at("/status/conditions")
                .findValuesAsText("type"))
        .containsExactly("Two", "One");

    api.post(
        api.in("v1", "services"), "{metadata: {name: s}, spec: {ports: [{port: 80, name: a}]}}");
    assertThat(
            api.strategic(api.in("v1", "services/s"), "{spec: {ports: [{port: 81, name: b}]}}")
                .body()
                .at("/spec/ports")
                .findValuesAsText("port"))
        .containsExactly("81", "80");
  }

  @Test
  void anItemWithoutItsKeyIsRefused(Api api) {
    Answer refused = patch(api, "{containers: [{image: 'registry.test/main:2'}]}");

    assertThat(refused.code()).isEqualTo(500);
    assertThat(refused.text("/message")).contains("does not contain declared merge key: name");
  }

  @Test
  void customKindsDoNotTakeIt(Api api) {
    String widgets = CustomKinds.widgets(api);
    api.post(widgets, "{metadata: {name: a}}");

    Answer refused = api.strategic(widgets + "/a", "{spec: {replicas: 2}}");

    assertThat(refused.refusal()).isEqualTo("415 UnsupportedMediaType");
    assertThat(refused.text("/message"))
        .isEqualTo(
            "the body of the request was in an unknown format - accepted media types include:"
                + " application/json-patch+json, application/merge-patch+json,"
                + " application/apply-patch+yaml");
  }

  private Answer patch(Api api, String podSpec) {
    return api.strategic(path, "spec:\n  template:\n    spec:\n" + podSpec.strip().indent(6));
  }
}
