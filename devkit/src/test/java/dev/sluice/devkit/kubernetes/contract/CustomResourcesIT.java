package dev.sluice.devkit.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Custom kinds: their definition, and what their schema does. */
@ExtendWith(KubernetesWorld.class)
class CustomResourcesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void aDefinitionIsEstablishedAndDiscovered(Api api) {
    CustomKinds.widgets(api);

    Answer definition = api.get(CustomKinds.DEFINITIONS + "/widgets.contract.sluice.dev");
    String conditions = definition.body().at("/status/conditions").toString();
    assertThat(conditions)
        .contains("\"type\":\"Established\"")
        .contains("\"type\":\"NamesAccepted\"");
    assertThat(definition.text("/status/acceptedNames/kind")).isEqualTo("Widget");

    String resources = api.get("/apis/contract.sluice.dev/v1").body().path("resources").toString();
    assertThat(resources)
        .contains("\"name\":\"widgets\"")
        .contains("\"name\":\"widgets/status\"")
        .contains("\"name\":\"widgets/scale\"")
        .contains("\"wdg\"");
    assertThat(api.get("/apis").body().toString()).contains("contract.sluice.dev/v1");
    assertThat(api.get("/apis/contract.sluice.dev").text("/preferredVersion/version"))
        .isEqualTo("v1");
  }

  @Test
  void defaultsAreFilledIn(Api api) {
    String path = CustomKinds.widgets(api);

    Answer created =
        api.post(path, "{metadata: {name: a}, spec: {replicas: null, parts: [{name: p}]}}");

    assertThat(created.body().path("spec"))
        .isEqualTo(Api.tree("{parts: [{name: p, weight: 5}], replicas: 1, size: small}"));
  }

  @Test
  void unknownFieldsAreDroppedAndNamedInAWarning(Api api) {
    String path = CustomKinds.widgets(api);

    Answer created =
        api.post(
            path,
            "{metadata: {name: a}, other: 1, spec: {what: 1, parts: [{name: p, what: 2}],"
                + " labels: {any: key}}}");

    assertThat(created.code()).isEqualTo(201);
    assertThat(created.body().has("other")).isFalse();
    assertThat(created.body().path("spec"))
        .isEqualTo(
            Api.tree(
                "{labels: {any: key}, parts: [{name: p, weight: 5}], replicas: 1, size: small}"));
  }

  @Test
  void strictValidationRefusesUnknownFields(Api api) {
    String path = CustomKinds.widgets(api);

    Answer refused =
        api.post(path + "?fieldValidation=Strict", "{metadata: {name: a}, spec: {what: 1}}");

    assertThat(refused.refusal()).isEqualTo("400 BadRequest");
    assertThat(refused.text("/message")).contains("unknown field \"spec.what\"");
  }

  @Test
  void whatIsMarkedKeepsUnknownFields(Api api) {
    String path = CustomKinds.widgets(api);
    String spec =
        "{embedded: {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {deep: [1, {er: null}]}},"
            + " free: {any: {thing: true}}, maybe: null, percent: 10, replicas: 1, size: small}";

    Answer created = api.post(path, "{metadata: {name: a}, spec: " + spec + "}");

    assertThat(created.body().path("spec")).isEqualTo(Api.tree(spec));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {spec: {replicas: many}}             | spec.replicas      | FieldValueTypeInvalid
          {spec: {replicas: 51}}               | spec.replicas      | FieldValueInvalid
          {spec: {replicas: -1}}               | spec.replicas      | FieldValueInvalid
          {spec: {size: huge}}                 | spec.size          | FieldValueNotSupported
          {spec: {note: too long}}             | spec.note          | FieldValueTooLong
          {spec: {percent: 1.5}}               | spec.percent       | FieldValueTypeInvalid
          {spec: {parts: [{weight: 1}]}}       | spec.parts[0].name | FieldValueRequired
          {spec: [1]}                          | spec               | FieldValueTypeInvalid
          """)
  void whatTheSchemaForbidsIsInvalid(String body, String field, String reason, Api api) {
    String path = CustomKinds.widgets(api);
    String yaml = "{metadata: {name: a}, " + body.substring(1);

    Answer refused = api.post(path, yaml);

    assertThat(refused.refusal()).isEqualTo("422 Invalid");
    assertThat(refused.text("/message"))
        .startsWith("Widget.contract.sluice.dev \"a\" is invalid: ");
    assertThat(refused.text("/details/kind")).isEqualTo("Widget");
    assertThat(refused.text("/details/causes/0/field")).isEqualTo(field);
    assertThat(refused.text("/details/causes/0/reason")).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {replicas: many}                  | spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string", .spec.replicas: Invalid value: 0: .spec.replicas accessor error: many is of the type string, expected int64
          {replicas: 51}                    | spec.replicas: Invalid value: 51: spec.replicas in body should be less than or equal to 50
          {replicas: -1}                    | spec.replicas: Invalid value: -1: spec.replicas in body should be greater than or equal to 0, .spec.replicas: Invalid value: -1: should be a non-negative integer
          {size: huge}                      | spec.size: Unsupported value: "huge": supported values: "small", "large"
          {note: too long}                  | spec.note: Too long: may not be more than 5 bytes
          {percent: true}                   | spec.percent: Invalid value: "boolean": spec.percent in body must be of type integer,string: "boolean"
          {parts: [{weight: 1}]}            | spec.parts[0].name: Required value
          {parts: {a: 1}}                   | spec.parts: Invalid value: "object": spec.parts in body must be of type array: "object"
          {labels: {a: 1}}                  | spec.labels.a: Invalid value: "integer": spec.labels.a in body must be of type string: "integer"
          """)
  void theMessageSaysWhatIsWrong(String spec, String message, Api api) {
    String path = CustomKinds.widgets(api);

    Answer refused = api.post(path, "{metadata: {name: a}, spec: " + spec + "}");

    String notChecked =
        ", <nil>: Invalid value: null: some validation rules were not checked because the object was"
            + " invalid; correct the existing errors to complete validation";
    // A value of the right type that is out of its range keeps nobody from asking the rules.
    String all = message + (spec.matches(".*replicas: -?\\d+.*") ? "" : notChecked);
    assertThat(refused.text("/message"))
        .isEqualTo(
            "Widget.contract.sluice.dev \"a\" is invalid: "
                + (all.contains(", .") || all.contains(", <") ? "[" + all + "]" : all));
  }

  @Test
  void listsWithIdentitiesHoldNothingTwice(Api api) {
    String path = CustomKinds.gizmos(api);

    Answer refused =
        api.post(
            path,
            "{metadata: {name: a}, spec: {keyed: [{name: x}, {name: x, size: 2}], set: [a, b, a]}}");

    assertThat(refused.refusal()).isEqualTo("422 Invalid");
    assertThat(refused.body().at("/details/causes").findValuesAsText("message"))
        .containsExactlyInAnyOrder("Duplicate value: {\"name\":\"x\"}", "Duplicate value: \"a\"");
    assertThat(refused.body().at("/details/causes").findValuesAsText("field"))
        .containsExactlyInAnyOrder("spec.keyed[1]", "spec.set[2]");
  }

  @Test
  void anInvalidChangeIsRefusedToo(Api api) {
    String path = CustomKinds.widgets(api);
    api.post(path, "{metadata: {name: a}}");

    assertThat(api.merge(path + "/a", "{spec: {size: huge}}").refusal()).isEqualTo("422 Invalid");
    assertThat(api.merge(path + "/a/status", "{status: {phase: 7}}").refusal())
        .isEqualTo("422 Invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{metadata: {name: a}}", "{kind: Widget, metadata: {name: a}}"})
  void aCustomObjectMustNameItsType(String untyped, Api api) {
    String path = CustomKinds.widgets(api);

    Answer refused =
        api.send("POST", path, "application/json", "application/json", Api.json(untyped));

    assertThat(refused.refusal()).isEqualTo("400 BadRequest");
  }

  @Test
  void whatARuleFixesStaysOnceItIsWritten(Api api) {
    String path = CustomKinds.widgets(api);
    api.post(path, "{metadata: {name: a}}");
    assertThat(api.merge(path + "/a", "{spec: {fixed: {app: x}}}").code()).isEqualTo(200);

    Answer refused = api.merge(path + "/a", "{spec: {fixed: {app: y}}}");

    assertThat(refused.refusal()).isEqualTo("422 Invalid");
    assertThat(refused.text("/message")).contains("spec.fixed: Invalid value: it stays");
    assertThat(api.merge(path + "/a", "{spec: {replicas: 3}}").code()).isEqualTo(200);
  }

  @Test
  void aReplacementMustNameItsVersion(Api api) {
    String path = CustomKinds.widgets(api);
    ObjectNode read = Api.object(api.post(path, "{metadata: {name: a}}"));
    read.withObject("/metadata").remove("resourceVersion");

    assertThat(api.put(path + "/a", read).refusal()).isEqualTo("422 Invalid");
  }

  @Test
  void aTableShowsThePrinterColumns(Api api) {
    String path = CustomKinds.widgets(api);
    api.post(path, "{metadata: {name: a}, spec: {replicas: 3}}");
    api.merge(
        path + "/a/status", "{status: {phase: Good, conditions: [{type: Ready, status: 'True'}]}}");

    Answer table = api.get(path, "application/json;as=Table;v=v1;g=meta.k8s.io");

    assertThat(table.text("/kind")).isEqualTo("Table");
    assertThat(table.body().path("columnDefinitions").findValuesAsText("name"))
        .containsExactly("Name", "Desired", "Phase", "Ready", "Age");
    assertThat(table.body().at("/columnDefinitions/3/priority").asInt()).isEqualTo(1);
    ObjectNode row = table.body().at("/rows/0").deepCopy();
    assertThat(row.path("cells").toString()).startsWith("[\"a\",3,\"Good\",\"True\",\"");
    assertThat(row.at("/object/kind").asText()).isEqualTo("PartialObjectMetadata");
    assertThat(row.at("/object/metadata/name").asText()).isEqualTo("a");
  }

  @Test
  void objectsGoWithTheirDefinition(Api api) {
    String group = "g" + UUID.randomUUID().toString().substring(0, 8) + ".contract.sluice.dev";
    api.post(
        CustomKinds.DEFINITIONS,
        """
        metadata: {name: things.%1$s}
        spec:
          group: %1$s
          scope: Cluster
          names: {kind: Thing, plural: things}
          versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
        """
            .formatted(group));
    String path = "/apis/" + group + "/v1/things";
    await().atMost(LIMIT).until(() -> api.get(path).code() == 200);
    String thing = "{apiVersion: " + group + "/v1, kind: Thing, metadata: {name: a}}";
    assertThat(api.post(path, thing).code()).isEqualTo(201);

    api.delete(CustomKinds.DEFINITIONS + "/things." + group);

    await().atMost(LIMIT).until(() -> api.get(path).code() == 404);
  }

  @Test
  void aDefinitionMustBeNamedAfterItsKind(Api api) {
    Answer refused =
        api.post(
            CustomKinds.DEFINITIONS,
            """
            metadata: {name: others.contract.sluice.dev}
            spec:
              group: contract.sluice.dev
              scope: Namespaced
              names: {kind: Thing, plural: things}
              versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
            """);

    assertThat(refused.refusal()).isEqualTo("422 Invalid");
  }

  @Test
  void whatIsNotServedIsNotFound(Api api) {
    assertThat(api.get("/apis/contract.sluice.dev/v7/widgets").code()).isEqualTo(404);
    assertThat(api.get(api.in("apps/v1", "nothings")).code()).isEqualTo(404);
  }
}
