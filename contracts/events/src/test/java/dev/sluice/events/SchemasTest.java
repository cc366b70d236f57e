package dev.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {

  private static final Path FOLDER = Path.of("src/main/resources/schemas");
  private static final Map<String, JsonNode> ALL = generated();

  @Test
  void everyMessageFactAndHttpBodyHasItsSchemaAndNothingElseIsThere() {
    ALL.forEach((file, schema) ->
        Generated.assertUpToDate(FOLDER.resolve(file), schema.toPrettyString() + "\n"));
    Generated.assertNothingElse(FOLDER, ALL.keySet());
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.events.SamplesTest#samples")
  void everySampleFollowsItsSchema(Map.Entry<String, Object> sample) {
    JsonNode json = MessageCodec.mapper().valueToTree(sample.getValue());
    assertThat(schemaFor(sample.getKey()).validate(json)).isEmpty();
  }

  @Test
  void aSchemaRefusesWhatTheCodecRefuses() {
    ObjectNode json =
        MessageCodec.mapper().valueToTree(Samples.all().get("traffic-applied+applied"));
    JsonSchema schema = schemaFor("traffic-applied");
    assertThat(schema.validate(json.deepCopy().without("uid"))).isNotEmpty();
    assertThat(schema.validate(json.deepCopy().put("name", 5))).isNotEmpty();
    ObjectNode unknownKind = json.deepCopy();
    unknownKind.withObjectProperty("outcome").put("kind", "Unheard");
    assertThat(schema.validate(unknownKind)).isNotEmpty();
    assertThat(schema.validate(json.deepCopy().put("addedLater", 1))).isEmpty();
  }

  private static JsonSchema schemaFor(String sample) {
    String file = sample.replaceFirst("\\+.*", "") + ".json";
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(ALL.get(file));
  }

  private static Map<String, JsonNode> generated() {
    Schemas schemas = new Schemas(Javadoc.ofContract());
    Map<String, JsonNode> all = new TreeMap<>();
    for (Class<?> message : Message.class.getPermittedSubclasses()) {
      if (message != RolloutEvent.class) {
        String type = MessageTypes.nameOf(message);
        all.put(MessageTypes.schemaFile(type), schemas.of(message, MessageTypes.schemaOf(type)));
      }
    }
    for (Class<?> fact : RolloutFact.class.getPermittedSubclasses()) {
      String type = MessageTypes.nameOfFact(fact);
      all.put(MessageTypes.schemaFile(type), schemas.ofFact(fact, MessageTypes.schemaOf(type)));
    }
    for (Class<?> body : httpBodies().toList()) {
      String type = MessageTypes.nameOf(body);
      all.put(MessageTypes.schemaFile(type), schemas.of(body, MessageTypes.schemaOf(type)));
    }
    return all;
  }

  private static Stream<Class<?>> httpBodies() {
    return Samples.httpBodies().values().stream()
        .<Class<?>>map(Object::getClass)
        .collect(Collectors.toSet())
        .stream();
  }
}
