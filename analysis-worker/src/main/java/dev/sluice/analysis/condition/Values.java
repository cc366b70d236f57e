package dev.sluice.analysis.condition;

import java.util.List;
import java.util.Map;

/** What a value is, what it is called, and whether two are equal. */
final class Values {

  private Values() {}

  static boolean bool(Object value) {
    if (value instanceof Boolean answer) {
      return answer;
    }
    throw new ConditionException("expected bool, but got " + typeOf(value));
  }

  static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new ConditionException("expected a list, but got " + typeOf(value));
  }

  static String typeOf(Object value) {
    return switch (value) {
      case null -> "<nil>";
      case Long _ -> Nature.Simple.INTEGER.toString();
      case Double _ -> Nature.Simple.FLOAT.toString();
      case Boolean _ -> Nature.Simple.BOOLEAN.toString();
      case String _ -> Nature.Simple.TEXT.toString();
      case List<?> _ -> "[]interface {}";
      case Map<?, ?> _ -> Nature.Simple.OBJECT.toString();
      default -> value.getClass().getSimpleName();
    };
  }

  /** Numbers are equal by value, lists and documents by what is in them; NaN equals nothing. */
  static boolean equal(Object left, Object right, Budget budget) {
    budget.spend(1);
    if (left instanceof Long one && right instanceof Long other) {
      return one.longValue() == other.longValue();
    }
    if (left instanceof Number one && right instanceof Number other) {
      return one.doubleValue() == other.doubleValue();
    }
    if (left instanceof List<?> one && right instanceof List<?> other) {
      return equalLists(one, other, budget);
    }
    if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
      return equalMaps(one, other, budget);
    }
    return left == null ? right == null : left.equals(right);
  }

  private static boolean equalLists(List<?> left, List<?> right, Budget budget) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i), budget)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMaps(Map<?, ?> left, Map<?, ?> right, Budget budget) {
    if (!left.keySet().equals(right.keySet())) {
      return false;
    }
    for (var entry : left.entrySet()) {
      if (!equal(entry.getValue(), right.get(entry.getKey()), budget)) {
        return false;
      }
    }
    return true;
  }
}
