package dev.sluice.crd;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills a {@link Struct} from JSON as strictly as Go would (no "5" for 5), so that what is written
 * back is what was read; what does not fit is kept beside.
 */
final class StructReader extends JsonDeserializer<Struct> implements ContextualDeserializer {

  private final Class<? extends Struct> type;

  /** For Jackson, which then asks for the one of the type at hand. */
  StructReader() {
    this(Struct.class);
  }

  private StructReader(Class<? extends Struct> type) {
    this.type = type;
  }

  @Override
  public JsonDeserializer<?> createContextual(
      DeserializationContext context, BeanProperty property) {
    return new StructReader(context.getContextualType().getRawClass().asSubclass(Struct.class));
  }

  @Override
  public Struct deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonNode json = context.readTree(parser);
    if (json instanceof ObjectNode object) {
      return fill(object, type);
    }
    // Only spec or status itself can come here: an informer must survive it, a decision must not.
    Struct struct = create(type);
    struct.keepUnfit(StructWriter.WHOLE, json, "must be an object");
    return struct;
  }

  static <T extends Struct> T fill(ObjectNode json, Class<T> type) {
    T struct = create(type);
    Map<String, Field> fields = new LinkedHashMap<>();
    StructFields.of(type).forEach(field -> fields.put(field.getName(), field));
    json.properties()
        .forEach(member -> {
          String name = member.getKey();
          JsonNode value = member.getValue();
          Field field = fields.get(name);
          if (field == null || value.isNull()) {
            struct.keep(name, value);
            return;
          }
          try {
            StructFields.set(field, struct, convert(value, field.getGenericType()));
          } catch (Unfit unfit) {
            struct.keepUnfit(name, value, unfit.getMessage());
          }
        });
    return struct;
  }

  private static Object convert(JsonNode json, Type type) throws Unfit {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? list(json, arguments[0])
          : map(json, arguments[1]);
    }
    Class<?> wanted = (Class<?>) type;
    if (wanted == JsonNode.class) {
      return json;
    }
    if (wanted == ObjectNode.class) {
      return object(json);
    }
    if (Struct.class.isAssignableFrom(wanted)) {
      return fill(object(json), wanted.asSubclass(Struct.class));
    }
    if (wanted == String.class && json.isTextual()) {
      return json.textValue();
    }
    if (wanted == Boolean.class && json.isBoolean()) {
      return json.booleanValue();
    }
    if (wanted == Integer.class && json.isIntegralNumber() && json.canConvertToInt()) {
      return json.intValue();
    }
    if (wanted == Long.class && json.isIntegralNumber() && json.canConvertToLong()) {
      return json.longValue();
    }
    if (wanted == IntOrString.class && json.isTextual()) {
      return new IntOrString(json.textValue());
    }
    if (wanted == IntOrString.class && json.isIntegralNumber() && json.canConvertToInt()) {
      return new IntOrString(json.intValue());
    }
    throw new Unfit("must be " + name(wanted));
  }

  private static List<Object> list(JsonNode json, Type element) throws Unfit {
    if (!json.isArray()) {
      throw new Unfit("must be a list");
    }
    List<Object> list = new ArrayList<>();
    for (JsonNode each : json) {
      try {
        list.add(convert(each, element));
      } catch (Unfit unfit) {
        throw new Unfit("element " + list.size() + " " + unfit.getMessage());
      }
    }
    return list;
  }

  private static Map<String, Object> map(JsonNode json, Type element) throws Unfit {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : object(json).properties()) {
      try {
        map.put(each.getKey(), convert(each.getValue(), element));
      } catch (Unfit unfit) {
        throw new Unfit("value of " + each.getKey() + " " + unfit.getMessage());
      }
    }
    return map;
  }

  private static ObjectNode object(JsonNode json) throws Unfit {
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw new Unfit("must be an object");
  }

  private static String name(Class<?> wanted) {
    return switch (wanted.getSimpleName()) {
      case "String" -> "a string";
      case "Boolean" -> "true or false";
      case "IntOrString" -> "a whole number or a string";
      default -> "a whole number";
    };
  }

  private static <T extends Struct> T create(Class<T> type) {
    try {
      return type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException noConstructor) {
      throw new IllegalStateException(
          type + " needs a constructor without arguments", noConstructor);
    }
  }

  private static final class Unfit extends Exception {
    Unfit(String message) {
      super(message, null, false, false);
    }
  }
}
