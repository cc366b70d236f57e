package dev.sluice.orchestrator;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Makes values of any record, down to its last component: what is added later is in it too. */
public final class RandomRecords {

  private final RandomGenerator random;

  /** The same numbers make the same values. */
  public RandomRecords(RandomGenerator random) {
    this.random = random;
  }

  /** A value of this type. */
  public <T> T next(Class<T> type) {
    return type.cast(value(type));
  }

  private Object value(Type type) {
    return switch (type) {
      case ParameterizedType generic -> collection(generic);
      case Class<?> plain when plain.isRecord() -> record(plain);
      case Class<?> plain when plain.isSealed() && !plain.isEnum() ->
          value(oneOf(plain.getPermittedSubclasses()));
      case Class<?> plain when plain.isEnum() -> oneOf(plain.getEnumConstants());
      case Class<?> plain -> scalar(plain);
      default -> throw new IllegalArgumentException("no values of " + type);
    };
  }

  private Object scalar(Class<?> type) {
    return switch (type.getName()) {
      case "int", "java.lang.Integer" -> random.nextInt(0, 100);
      case "long", "java.lang.Long" -> random.nextLong(0, 1_000_000);
      case "boolean" -> random.nextBoolean();
      case "double", "java.lang.Double" -> random.nextDouble();
      case "java.lang.String" -> "text \"" + random.nextInt(100) + "\" ü\n";
      case "java.time.Instant" ->
          Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
      case "java.time.Duration" ->
          Duration.ofSeconds(random.nextLong(1_000_000), random.nextInt(1_000_000_000));
      default -> throw new IllegalArgumentException("no values of " + type);
    };
  }

  private Object collection(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    int size = random.nextInt(3);
    if (type.getRawType() == List.class) {
      List<Object> list = new ArrayList<>();
      Stream.generate(() -> value(arguments[0])).limit(size).forEach(list::add);
      return list;
    }
    if (type.getRawType() == Map.class) {
      Map<Object, Object> map = new TreeMap<>();
      for (int i = 0; i < size; i++) {
        map.put(value(arguments[0]), value(arguments[1]));
      }
      return map;
    }
    throw new IllegalArgumentException("no values of " + type);
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = mayBeNull(type, components[i]) ? null : value(components[i].getGenericType());
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type, e);
    }
  }

  // The contract's records refuse it; ours say in words where it is allowed.
  private boolean mayBeNull(Class<?> type, RecordComponent component) {
    return type.getPackage() == RandomRecords.class.getPackage()
        && !component.getType().isPrimitive()
        && !Iterable.class.isAssignableFrom(component.getType())
        && component.getType() != Map.class
        && random.nextInt(5) == 0;
  }

  private <E> E oneOf(E[] elements) {
    return elements[random.nextInt(elements.length)];
  }
}
