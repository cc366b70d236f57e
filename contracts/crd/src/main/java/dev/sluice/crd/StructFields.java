package dev.sluice.crd;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The public fields of a {@link Struct} class, those of its superclass first. */
final class StructFields {

  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          List<Field> fields = new ArrayList<>();
          if (type.getSuperclass() != Struct.class) {
            fields.addAll(FIELDS.get(type.getSuperclass()));
          }
          for (Field field : type.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())
                && !Modifier.isStatic(field.getModifiers())) {
              fields.add(field);
            }
          }
          return List.copyOf(fields);
        }
      };

  private StructFields() {}

  static List<Field> of(Class<? extends Struct> type) {
    return FIELDS.get(type);
  }

  static Object value(Field field, Struct struct) {
    try {
      return field.get(struct);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static void set(Field field, Struct struct, Object value) {
    try {
      field.set(struct, value);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Visits a struct and every struct below it, each with its path. */
  static void walk(Object value, String path, BiConsumer<String, Struct> visitor) {
    switch (value) {
      case Struct struct -> {
        visitor.accept(path, struct);
        for (Field field : of(struct.getClass())) {
          walk(value(field, struct), path + "." + field.getName(), visitor);
        }
      }
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          walk(list.get(i), path + "[" + i + "]", visitor);
        }
      }
      case Map<?, ?> map -> map.forEach((key, each) -> walk(each, path + "[" + key + "]", visitor));
      case null, default -> {}
    }
  }
}
