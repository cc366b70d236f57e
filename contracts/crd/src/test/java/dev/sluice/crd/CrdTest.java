package dev.sluice.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class CrdTest {

  private static final Path FOLDER = Path.of("../../deploy/crds");
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  static final List<Crd> CRDS = Crd.ALL;

  private static final Map<String, JsonNode> SCHEMAS =
      CRDS.stream()
          .collect(
              Collectors.toMap(
                  crd -> crd.kind().getSimpleName(),
                  crd -> crd.document().at("/spec/versions/0/schema/openAPIV3Schema")));

  static Stream<ObjectNode> objects() throws IOException {
    return RoundTripTest.manifests();
  }

  /** Run the tests with -Dsluice.update=true to write them anew. */
  @ParameterizedTest
  @FieldSource("CRDS")
  void theCommittedDefinitionsAreThoseOfTheModel(Crd crd) throws IOException {
    Path file = FOLDER.resolve(crd.fileName());
    String wanted =
        "# Made from the model in contracts/crd; write it anew with -Dsluice.update=true.\n"
            + YAML.writeValueAsString(crd.document());
    if (Boolean.getBoolean("sluice.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, wanted);
    }

    assertThat(file).hasContent(wanted);
    assertThat(Resources.yaml(file)).containsExactly(crd.document());
  }

  @ParameterizedTest
  @FieldSource("CRDS")
  void theDefinitionsAreOnTheClassPath(Crd crd) throws IOException {
    try (InputStream file =
        Rollout.class.getResourceAsStream("/META-INF/sluice/crds/" + crd.fileName())) {
      assumeThat(Boolean.getBoolean("sluice.update"))
          .as("written after they were copied")
          .isFalse();
      assertThat(YAML.readTree(file)).isEqualTo(crd.document());
    }
  }

  @ParameterizedTest
  @FieldSource("CRDS")
  void aDefinitionFitsTheAnnotationThatKubectlApplyKeeps(Crd crd) {
    assertThat(crd.document().toString()).hasSizeLessThan(262_144 - 1_024);
  }

  @Test
  void everyFieldOfArgosIsInTheSchema() throws IOException {
    List<String> unknown = new ArrayList<>();
    for (String path :
        Files.readAllLines(Path.of("src/test/resources/dev/sluice/crd/fields.txt"))) {
      String[] names = path.split("\\.");
      JsonNode schema = SCHEMAS.get(names[0]);
      for (int i = 1; i < names.length; i++) {
        String name = names[i].replaceAll("[\\[{].*", "");
        schema = schema.path("properties").path(name);
        if (names[i].endsWith("[]")) {
          schema = schema.path("items");
        } else if (names[i].endsWith("{}")) {
          schema = schema.path("additionalProperties");
        }
      }
      if (schema.isMissingNode()) {
        unknown.add(path);
      }
    }

    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("objects")
  void anApiServerKeepsEverythingThatArgoKnows(ObjectNode object) {
    JsonNode schema = SCHEMAS.get(object.get("kind").textValue());
    ObjectNode body = object.deepCopy();
    body.remove("metadata");
    withDefaults(body);

    assertThat(SchemaRules.stored(body, schema)).isEqualTo(body);
    assertThat(SchemaRules.missing(body, schema, "")).isEmpty();
  }

  @Test
  void anApiServerPrunesAPodTemplateAsItDoesWithArgosDefinitions() {
    JsonNode stored =
        SchemaRules.stored(
            Resources.parse(
                """
                {'metadata': {'labels': {'a': 'b'}, 'creationTimestamp': null, 'name': 'x'},
                 'spec': {'fromTomorrow': 1,
                  'containers': [{'name': 'c', 'ports': [{'containerPort': 80, 'fromTomorrow': 1}],
                    'resources': {'limits': {'cpu': 0.5}}}],
                  'volumes': [{'name': 'v', 'fromTomorrow': {}}]}}
                """),
            SCHEMAS.get("Rollout").at("/properties/spec/properties/template"));

    assertThat(stored)
        .isEqualTo(
            Resources.parse(
                """
                {'metadata': {'labels': {'a': 'b'}},
                 'spec': {
                  'containers': [{'name': 'c', 'ports': [{'containerPort': 80, 'protocol': 'TCP'}],
                    'resources': {'limits': {'cpu': 0.5}}}],
                  'volumes': [{'name': 'v', 'fromTomorrow': {}}]}}
                """));
  }

  /** Values beyond all reason pass: the controller says so in the status, with the field's path. */
  @Test
  void nothingButTypesIsBounded() {
    List<String> bounds =
        SCHEMAS.values().stream()
            .flatMap(schema ->
                Stream.of("minimum", "maximum", "maxLength", "minLength", "maxItems", "minItems")
                    .flatMap(word -> schema.findValues(word).stream())
                    .filter(JsonNode::isNumber)
                    .map(JsonNode::toString))
            .toList();

    assertThat(bounds).isEmpty();
  }

  /** The defaults that matter in the fixtures, in place. */
  private static void withDefaults(JsonNode body) {
    for (JsonNode ports : body.findValues("ports")) {
      for (JsonNode port : ports) {
        if (port.has("containerPort") && !port.has("protocol")) {
          ((ObjectNode) port).put("protocol", "TCP");
        }
      }
    }
  }
}
