package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types of our own model, from its classes. */
final class ModelTypes {

  private static final ClassValue<GoType.Object> TYPES =
      new ClassValue<>() {
        @Override
        protected GoType.Object computeValue(Class<?> type) {
          List<GoType.Field> fields =
              StructFields.of(type.asSubclass(Struct.class)).stream()
                  .map(ModelTypes::field)
                  .toList();
          return new GoType.Object(type.getSimpleName(), fields);
        }
      };

  private static final Map<Class<?>, GoType.Leaf> LEAVES =
      Map.of(
          String.class, GoType.Leaf.STRING,
          Boolean.class, GoType.Leaf.BOOLEAN,
          Integer.class, GoType.Leaf.INT32,
          Long.class, GoType.Leaf.INT64,
          IntOrString.class, GoType.Leaf.INT_OR_STRING,
          JsonNode.class, GoType.Leaf.RAW);

  private ModelTypes() {}

  static GoType.Object of(Class<? extends Struct> type) {
    return TYPES.get(type);
  }

  private static GoType.Field field(java.lang.reflect.Field field) {
    Wire wire = field.getAnnotation(Wire.class);
    boolean always = wire != null && wire.always();
    Type declared = field.getGenericType();
    GoType.Shape shape = GoType.Shape.SINGLE;
    if (declared instanceof ParameterizedType generic) {
      boolean list = generic.getRawType() == List.class;
      shape = list ? GoType.Shape.LIST : GoType.Shape.MAP;
      declared = generic.getActualTypeArguments()[list ? 0 : 1];
    }
    Class<?> type = (Class<?>) declared;
    GoType goType = type(type, wire == null ? "" : wire.type());
    boolean struct = goType instanceof GoType.Object || type == IntOrString.class;
    return new GoType.Field(
        field.getName(),
        goType,
        shape,
        wire != null && wire.pointer() || struct && !always,
        always ? GoType.Omit.NEVER : GoType.Omit.EMPTY,
        wire != null && wire.required(),
        wire == null || wire.defaultValue().isEmpty()
            ? null
            : TextNode.valueOf(wire.defaultValue()),
        wire == null ? Set.of() : Set.of(wire.oneOf()),
        "",
        List.of(),
        type == LabelSelector.class);
  }

  private static GoType type(Class<?> type, String named) {
    if (named.equals("time")) {
      return GoType.Leaf.TIME;
    }
    if (!named.isEmpty()) {
      return PodTemplateTypes.get(named);
    }
    if (Struct.class.isAssignableFrom(type)) {
      return of(type.asSubclass(Struct.class));
    }
    return LEAVES.get(type);
  }
}
