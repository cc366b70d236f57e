package dev.sluice.analysis.condition;

import java.util.List;
import java.util.Map;

/** Parts of lists, documents and texts. */
final class Containers {

  private Containers() {}

  /** An element of a list (from the end where the index is negative) or a field; nil if absent. */
  static Object element(Object container, Object key) {
    return switch (container) {
      case List<?> list -> list.get(position(list, key));
      case Map<?, ?> map when key instanceof String -> map.get(key);
      case Map<?, ?> map ->
          throw new ConditionException(
              "cannot use %s to get an element from %s"
                  .formatted(Values.typeOf(key), Values.typeOf(map)));
      case null -> throw new ConditionException("cannot fetch %s from <nil>".formatted(key));
      default ->
          throw new ConditionException(
              "cannot fetch %s from %s".formatted(key, Values.typeOf(container)));
    };
  }

  /** As {@link #element}, but nil where there is none. */
  static Object get(Object container, Object key) {
    return switch (container) {
      case List<?> list -> {
        long index = whole(key);
        index = index < 0 ? index + list.size() : index;
        yield index < 0 || index >= list.size() ? null : list.get((int) index);
      }
      case Map<?, ?> map -> map.get(key);
      case null -> null;
      default ->
          throw new ConditionException(
              "type %s does not support indexing".formatted(Values.typeOf(container)));
    };
  }

  static Object slice(Object container, Object from, Object to, Budget budget) {
    int size =
        switch (container) {
          case List<?> list -> list.size();
          case String text -> text.length();
          case null, default ->
              throw new ConditionException("cannot slice " + Values.typeOf(container));
        };
    int end = to == null ? size : bound(whole(to), size);
    int start = Math.min(from == null ? 0 : bound(whole(from), size), end);
    budget.spend(end - start);
    return container instanceof String text
        ? text.substring(start, end)
        : List.copyOf(((List<?>) container).subList(start, end));
  }

  private static int position(List<?> list, Object key) {
    if (!(key instanceof Number)) {
      throw new ConditionException(
          "array elements can only be selected using an integer (got %s)"
              .formatted(Values.typeOf(key)));
    }
    long index = whole(key);
    long position = index < 0 ? index + list.size() : index;
    if (position < 0 || position >= list.size()) {
      throw new ConditionException(
          "index out of range: %d (array length is %d)".formatted(index, list.size()));
    }
    return (int) position;
  }

  private static long whole(Object index) {
    if (index instanceof Number number) {
      return number instanceof Double real ? Functions.truncated(real) : number.longValue();
    }
    throw new ConditionException("invalid index of type " + Values.typeOf(index));
  }

  private static int bound(long index, int size) {
    long bound = index < 0 ? index + size : index;
    return (int) Math.clamp(bound, 0L, (long) size);
  }
}
