package dev.sluice.events;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of record components. */
final class Types {

  private Types() {}

  /** All classes that a type names: {@code Map<String, Fence>} names three. */
  static List<Class<?>> named(Type type) {
    return switch (type) {
      case ParameterizedType p ->
          Stream.concat(
                  named(p.getRawType()).stream(),
                  Arrays.stream(p.getActualTypeArguments()).flatMap(a -> named(a).stream()))
              .toList();
      case Class<?> c -> List.of(c);
      default -> throw new IllegalArgumentException("not used in messages: " + type);
    };
  }

  /** As the catalogue writes it, for instance {@code List of Fence}. */
  static String text(Type type) {
    return switch (type) {
      case ParameterizedType p when p.getRawType() == List.class ->
          "list of " + text(p.getActualTypeArguments()[0]);
      case ParameterizedType p ->
          Arrays.stream(p.getActualTypeArguments())
              .map(Types::text)
              .collect(Collectors.joining(" to ", "map of ", ""));
      case Class<?> c when c == String.class -> "text";
      case Class<?> c when c == int.class || c == long.class -> "integer";
      case Class<?> c when c == double.class || c == Double.class -> "number";
      case Class<?> c when c == boolean.class -> "true or false";
      case Class<?> c when c == Instant.class -> "time";
      case Class<?> c when c == Duration.class -> "duration";
      case Class<?> c -> "[%s](#%s)".formatted(name(c), anchor(c));
      default -> throw new IllegalArgumentException("not used in messages: " + type);
    };
  }

  /** With the enclosing types: {@code TrafficApplied.Outcome}. */
  static String name(Class<?> type) {
    String name = type.getName();
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }

  static String anchor(Class<?> type) {
    return name(type).toLowerCase(Locale.ROOT).replace(".", "");
  }

  /** The contract's own types that a type's components name, or its kinds. */
  static List<Class<?>> componentsOf(Class<?> type) {
    Stream<Class<?>> used =
        type.isSealed()
            ? SealedKinds.kinds(type).values().stream()
            : type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                    .flatMap(component -> named(component.getGenericType()).stream())
                : Stream.of();
    return used.filter(u -> u.getPackageName().equals(Message.class.getPackageName()))
        .filter(u -> u != RolloutFact.class)
        .toList();
  }

  static Map<String, Class<?>> byName(Collection<Class<?>> types) {
    return types.stream().collect(Collectors.toMap(Types::name, type -> type));
  }
}
