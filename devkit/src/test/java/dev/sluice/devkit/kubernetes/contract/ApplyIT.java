package dev.sluice.devkit.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Server-side apply: everybody says what they want, and owns what they said. */
@ExtendWith(KubernetesWorld.class)
class ApplyIT {
  private static final String CONFIG_MAP =
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, ";

  @Test
  void whatIsNotThereIsCreated(Api api) {
    String path = api.in("v1", "configmaps/a");

    Answer created = api.apply(path, "one", CONFIG_MAP + "data: {k: v}}");

    assertThat(created.code()).isEqualTo(201);
    assertThat(created.text("/data/k")).isEqualTo("v");
    JsonNode entry = created.body().at("/metadata/managedFields/0").deepCopy();
    assertThat(entry.path("time").asText()).isNotEmpty();
    assertThat(entry)
        .isEqualTo(
            Api.tree(
                """
                apiVersion: v1
                fieldsType: FieldsV1
                fieldsV1: {'f:data': {'f:k': {}}}
                manager: one
                operation: Apply
                time: '%s'
                """
                    .formatted(entry.path("time").asText())));
  }

  @Test
  void aSecondApplyChangesAddsAndTakesAway(Api api) {
    String path = api.in("v1", "configmaps/a");
    api.apply(path, "one", CONFIG_MAP + "data: {changed: x, gone: x}}");

    Answer applied = api.apply(path, "one", CONFIG_MAP + "data: {changed: y, more: z}}");

    assertThat(applied.code()).isEqualTo(200);
    assertThat(applied.body().path("data")).isEqualTo(Api.tree("{changed: y, more: z}"));
    assertThat(fields(applied, "one"))
        .isEqualTo(Api.tree("{'f:data': {'f:changed': {}, 'f:more': {}}}"));
  }

  @Test
  void anApplyThatSaysTheSameChangesNothing(Api api) {
    String path = api.in("v1", "configmaps/a");
    Answer first = api.apply(path, "one", CONFIG_MAP + "data: {k: v}}");

    Answer second = api.apply(path, "one", CONFIG_MAP + "data: {k: v}}");

    assertThat(second.version()).isEqualTo(first.version());
  }

  @Test
  void otherManagersFieldsStay(Api api) {
    String path = api.in("v1", "configmaps/a");
    api.apply(path, "one", CONFIG_MAP + "data: {mine: x, shared: s}}");
    api.apply(path, "two", CONFIG_MAP + "data: {other: y, shared: s}}");

    Answer applied = api.apply(path, "one", CONFIG_MAP + "data: {mine: z}}");

    assertThat(applied.body().path("data")).isEqualTo(Api.tree("{mine: z, other: y, shared: s}"));
    assertThat(fields(applied, "two"))
        .isEqualTo(Api.tree("{'f:data': {'f:other': {}, 'f:shared': {}}}"));
  }

  @Test
  void anothersFieldConflictsUnlessForced(Api api) {
    String path = api.in("v1", "configmaps/a");
    api.apply(path, "one", CONFIG_MAP + "data: {k: v}}");

    Answer refused = api.apply(path, "two", CONFIG_MAP + "data: {k: w}}");
    assertThat(refused.refusal()).isEqualTo("409 Conflict");
    assertThat(refused.text("/message"))
        .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.k");
    assertThat(refused.body().at("/details/causes"))
        .isEqualTo(
            Api.tree(
                "[{reason: FieldManagerConflict, message: 'conflict with \"one\"', field: .data.k}]"));
    assertThat(api.get(path).text("/data/k")).isEqualTo("v");

    Answer forced = api.apply(path + "?force=true", "two", CONFIG_MAP + "data: {k: w}}");
    assertThat(forced.text("/data/k")).isEqualTo("w");
    assertThat(fields(forced, "one").isMissingNode()).isTrue();
  }

  @Test
  void severalConflictsAreToldByManager(Api api) {
    String path = api.in("v1", "configmaps/a");
    api.post(
        api.in("v1", "configmaps") + "?fieldManager=writer",
        "{metadata: {name: a}, data: {k: v, l: v}}");

    Answer refused = api.apply(path, "two", CONFIG_MAP + "data: {k: w, l: w}}");

    assertThat(refused.text("/message"))
        .isEqualTo(
            "Apply failed with 2 conflicts: conflicts with \"writer\" using v1:\n"
                + "- .data.k\n- .data.l");
  }

  @Test
  void whoWritesOtherwiseTakesOver(Api api) {
    String path = api.in("v1", "configmaps/a");
    api.apply(path, "one", CONFIG_MAP + "data: {k: v, l: v}}");

    Answer patched = api.merge(path + "?fieldManager=writer", "{data: {k: w}}");

    assertThat(fields(patched, "one")).isEqualTo(Api.tree("{'f:data': {'f:l': {}}}"));
    assertThat(fields(patched, "writer")).isEqualTo(Api.tree("{'f:data': {'f:k': {}}}"));
  }

  @Test
  void aWriterWithoutNameIsCalledAsItsUserAgentBegins(Api api) {
    Answer created = api.post(api.in("v1", "configmaps"), "{metadata: {name: a}, data: {k: v}}");

    assertThat(created.text("/metadata/managedFields/0/manager")).isEqualTo("sluice-contract");
    assertThat(created.text("/metadata/managedFields/0/operation")).isEqualTo("Update");
  }

  @Test
  void aCreatorOwnsTheDefaultsAndWhatIsAroundItsFields(Api api) {
    Answer created =
        api.post(
            api.in("apps/v1", "replicasets"),
            Samples.replicaSet("a", 0).replace("main,", "main, env: [{name: A, value: a}],")
                + "\n");

    assertThat(fields(created, "sluice-contract"))
        .isEqualTo(
            Api.tree(
                """
                f:spec:
                  f:replicas: {}
                  f:selector: {}
                  f:template:
                    f:metadata: {f:labels: {.: {}, f:app: {}}}
                    f:spec:
                      f:containers:
                        'k:{"name":"main"}':
                          .: {}
                          f:env:
                            .: {}
                            'k:{"name":"A"}': {.: {}, f:name: {}, f:value: {}}
                          f:image: {}
                          f:imagePullPolicy: {}
                          f:name: {}
                          f:resources: {}
                          f:terminationMessagePath: {}
                          f:terminationMessagePolicy: {}
                      f:dnsPolicy: {}
                      f:restartPolicy: {}
                      f:schedulerName: {}
                      f:securityContext: {}
                      f:terminationGracePeriodSeconds: {}
                """));
  }

  @Test
  void itemsOfBuiltInListsAreOwnedByTheirKey(Api api) {
    String path = api.in("apps/v1", "replicasets/a");
    api.apply(path, "one", "apiVersion: apps/v1\nkind: ReplicaSet\n" + Samples.replicaSet("a", 0));
    String sidecar =
        """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: a}
        spec: {template: {spec: {containers: [{name: side, image: 'registry.test/side:%d'}]}}}
        """;
    api.apply(path, "two", sidecar.formatted(1));

    Answer applied = api.apply(path, "two", sidecar.formatted(2));

    JsonNode containers = applied.body().at("/spec/template/spec/containers");
    assertThat(containers.findValuesAsText("name")).containsExactly("main", "side");
    assertThat(containers.findValuesAsText("image"))
        .containsExactly("registry.test/app:1", "registry.test/side:2");
    assertThat(fields(applied, "two").at("/f:spec/f:template/f:spec/f:containers"))
        .isEqualTo(Api.tree("{'k:{\"name\":\"side\"}': {.: {}, 'f:image': {}, 'f:name': {}}}"));

    String none = "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: a}}";
    assertThat(
            api.apply(path, "two", none)
                .body()
                .at("/spec/template/spec/containers")
                .findValuesAsText("name"))
        .containsExactly("main");
  }

  @Test
  void aPortWithoutProtocolIsATcpPort(Api api) {
    String path = api.in("v1", "services/a");
    String service =
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80, name: %s}]}}";
    api.apply(path, "one", service.formatted("web"));

    Answer applied = api.apply(path, "one", service.formatted("http"));

    assertThat(applied.body().at("/spec/ports").size()).isEqualTo(1);
    assertThat(applied.text("/spec/ports/0/name")).isEqualTo("http");
    assertThat(fields(applied, "one").at("/f:spec/f:ports"))
        .isEqualTo(
            Api.tree(
                "{'k:{\"port\":80,\"protocol\":\"TCP\"}': {.: {}, 'f:name': {}, 'f:port': {}}}"));
  }

  @Test
  void listsOfCustomKindsAreMergedAsTheirSchemaSays(Api api) {
    String path = CustomKinds.gizmos(api) + "/a";
    api.apply(path, "one", gizmo("{keyed: [{name: x, size: 1}], set: [a], plain: [1]}"));

    Answer applied = api.apply(path, "two", gizmo("{keyed: [{name: y, size: 2}], set: [b]}"));

    assertThat(applied.body().path("spec"))
        .isEqualTo(
            Api.tree("{keyed: [{name: x, size: 1}, {name: y, size: 2}], set: [a, b], plain: [1]}"));
    assertThat(fields(applied, "two"))
        .isEqualTo(
            Api.tree(
                """
                f:spec:
                  f:keyed: {'k:{"name":"y"}': {.: {}, 'f:name': {}, 'f:size': {}}}
                  f:set: {'v:"b"': {}}
                """));
    assertThat(api.apply(path, "two", gizmo("{plain: [2]}")).text("/message"))
        .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .spec.plain");
    assertThat(api.apply(path, "two", gizmo("{}")).body().path("spec"))
        .isEqualTo(Api.tree("{keyed: [{name: x, size: 1}], set: [a], plain: [1]}"));
  }

  @Test
  void aConflictInAListNamesTheItem(Api api) {
    String path = CustomKinds.gizmos(api) + "/a";
    api.apply(path, "one", gizmo("{keyed: [{name: x, size: 1}]}"));

    assertThat(
            api.apply(path, "two", gizmo("{keyed: [{name: x, size: 2}]}"))
                .text("/details/causes/0/field"))
        .isEqualTo(".spec.keyed[name=\"x\"].size");
  }

  @Test
  void whatIsAppliedGetsDefaultsThatNobodyOwns(Api api) {
    String path = CustomKinds.widgets(api) + "/a";

    Answer applied = api.apply(path, "one", widget("spec: {note: x}"));

    assertThat(applied.body().path("spec"))
        .isEqualTo(Api.tree("{note: x, replicas: 1, size: small}"));
    assertThat(fields(applied, "one")).isEqualTo(Api.tree("{'f:spec': {'f:note': {}}}"));
  }

  @Test
  void theStatusIsAppliedOnItsOwn(Api api) {
    String path = CustomKinds.widgets(api) + "/a";
    api.apply(path, "one", widget("spec: {note: x}, status: {phase: Ignored}"));

    Answer applied = api.apply(path + "/status", "two", widget("status: {phase: Good}"));

    assertThat(applied.code()).isEqualTo(200);
    assertThat(applied.text("/status/phase")).isEqualTo("Good");
    assertThat(applied.text("/spec/note")).isEqualTo("x");
    assertThat(fields(applied, "two")).isEqualTo(Api.tree("{'f:status': {'f:phase': {}}}"));
    assertThat(entry(applied, "two").path("subresource").asText()).isEqualTo("status");
    assertThat(fields(applied, "one")).isEqualTo(Api.tree("{'f:spec': {'f:note': {}}}"));
  }

  @Test
  void anApplyMustNameItsManagerAndItsFields(Api api) {
    String path = api.in("v1", "configmaps/a");
    String body = Api.json(CONFIG_MAP + "data: {k: v}}");

    Answer nameless = api.send("PATCH", path, "application/json", Api.APPLY, body);
    Answer unknown = api.apply(path, "one", CONFIG_MAP + "what: 1}");

    assertThat(nameless.refusal()).isEqualTo("422 Invalid");
    assertThat(nameless.text("/message"))
        .isEqualTo(
            "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
                + " apply patch");
    assertThat(unknown.code()).isEqualTo(500);
    assertThat(unknown.text("/message")).contains(".what: field not declared in schema");
  }

  @Test
  void anApplyOfAnOldVersionConflicts(Api api) {
    String path = api.in("v1", "configmaps/a");
    Answer first = api.apply(path, "one", CONFIG_MAP + "data: {k: v}}");
    api.merge(path, "{data: {l: w}}");

    Answer stale =
        api.apply(
            path,
            "one",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, resourceVersion: '%s'}, data: {k: x}}"
                .formatted(first.version()));

    assertThat(stale.refusal()).isEqualTo("409 Conflict");
  }

  private static JsonNode fields(Answer answer, String manager) {
    return entry(answer, manager).path("fieldsV1");
  }

  private static JsonNode entry(Answer answer, String manager) {
    JsonNode none = answer.body().path("nothing");
    return StreamSupport.stream(answer.body().at("/metadata/managedFields").spliterator(), false)
        .filter(entry -> entry.path("manager").asText().equals(manager))
        .findFirst()
        .orElse(none);
  }

  private static String gizmo(String spec) {
    return "{apiVersion: contract.sluice.dev/v1, kind: Gizmo, metadata: {name: a}, spec: "
        + spec
        + "}";
  }

  private static String widget(String rest) {
    return "{apiVersion: contract.sluice.dev/v1, kind: Widget, metadata: {name: a}, " + rest + "}";
  }
}
