package dev.sluice.events;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The JSON Schema of each record, as {@link JsonMapping} writes it. */
final class Schemas {

  private final Javadoc javadoc;
  private final ObjectMapper json = new ObjectMapper();

  Schemas(Javadoc javadoc) {
    this.javadoc = javadoc;
  }

  /** Of a message or an HTTP body. */
  JsonNode of(Class<?> record, String id) {
    return generate(record, id, null);
  }

  /** Of a rollout event that carries this fact. */
  JsonNode ofFact(Class<?> fact, String id) {
    return generate(RolloutEvent.class, id, fact);
  }

  private JsonNode generate(Class<?> record, String id, Class<?> onlyFact) {
    SchemaGeneratorConfigBuilder builder =
        new SchemaGeneratorConfigBuilder(json, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
            .without(Option.ENUM_KEYWORD_FOR_SINGLE_VALUES);
    builder
        .forFields()
        .withRequiredCheck(field ->
            component(field.getDeclaringType().getErasedType(), field.getName()) == null
                || RequiredComponents.isRequired(
                    component(field.getDeclaringType().getErasedType(), field.getName())))
        .withDescriptionResolver(
            field -> text(javadoc.of(field.getDeclaringType().getErasedType(), field.getName())));
    builder
        .forTypesInGeneral()
        .withPropertySorter(Comparator.comparingInt(Schemas::position))
        .withCustomDefinitionProvider((type, context) -> simple(type.getErasedType()))
        .withSubtypeResolver((type, context) -> subtypes(type, context, onlyFact))
        .withTypeAttributeOverride(
            (node, scope, context) -> describe(node, scope.getType().getErasedType()))
        .withDescriptionResolver(scope ->
            scope.getType() == null ? null : text(javadoc.of(scope.getType().getErasedType())));
    ObjectNode schema = new SchemaGenerator(builder.build()).generateSchema(record);
    ObjectNode ordered = json.createObjectNode();
    ordered.set("$schema", schema.remove("$schema"));
    ordered.put("$id", id);
    ordered.setAll(schema);
    return ordered;
  }

  private CustomDefinition simple(Class<?> type) {
    ObjectNode node = json.createObjectNode();
    if (type == Instant.class) {
      node.put("type", "string").put("format", "date-time");
    } else if (type == Duration.class) {
      node.put("type", "string").put("format", "duration");
    } else if (type == Double.class || type == double.class) {
      ArrayNode any = node.putArray("anyOf");
      any.addObject().put("type", "number");
      any.addObject().putArray("enum").add("NaN").add("Infinity").add("-Infinity");
    } else {
      return null;
    }
    return new CustomDefinition(node, true);
  }

  private static List<ResolvedType> subtypes(
      ResolvedType type, SchemaGenerationContext context, Class<?> onlyFact) {
    if (!isSealedKind(type.getErasedType())) {
      return null;
    }
    Stream<Class<?>> kinds =
        onlyFact != null && type.getErasedType() == RolloutFact.class
            ? Stream.of(onlyFact)
            : SealedKinds.kinds(type.getErasedType()).values().stream();
    return kinds.map(kind -> context.getTypeContext().resolveSubtype(type, kind)).toList();
  }

  private static void describe(ObjectNode node, Class<?> type) {
    boolean kind =
        Stream.of(type.getInterfaces()).anyMatch(Schemas::isSealedKind) && type.isRecord();
    if (kind && node.path("type").asText().equals("object")) {
      // Not copied: references in them are filled in later.
      Map<String, JsonNode> others = new LinkedHashMap<>();
      ObjectNode properties = node.withObjectProperty("properties");
      properties.properties().forEach(p -> others.put(p.getKey(), p.getValue()));
      properties.removeAll();
      properties.putObject(SealedKinds.PROPERTY).put("const", type.getSimpleName());
      properties.setAll(others);
      ArrayNode required = node.withArrayProperty("required");
      required.insert(0, SealedKinds.PROPERTY);
    }
  }

  private static boolean isSealedKind(Class<?> type) {
    return type.isSealed()
        && !type.isEnum()
        && type != Message.class
        && type.getPackageName().equals(Message.class.getPackageName());
  }

  private static RecordComponent component(Class<?> type, String name) {
    return Stream.of(type.isRecord() ? type.getRecordComponents() : new RecordComponent[0])
        .filter(component -> component.getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static int position(MemberScope<?, ?> member) {
    return List.of(member.getDeclaringType().getErasedType().getRecordComponents())
        .indexOf(component(member.getDeclaringType().getErasedType(), member.getName()));
  }

  private static String text(String text) {
    return text.isEmpty() ? null : text;
  }
}
