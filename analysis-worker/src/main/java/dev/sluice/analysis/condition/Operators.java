package dev.sluice.analysis.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Operators on two values that exist. Whole numbers stay whole, and wrap as Go's do. */
final class Operators {

  private Operators() {}

  static Object apply(BinaryOperator operator, Object left, Object right, Budget budget) {
    return switch (operator) {
      case EQUAL -> Values.equal(left, right, budget);
      case NOT_EQUAL -> !Values.equal(left, right, budget);
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> ordered(operator, left, right);
      case IN -> in(left, right, budget);
      case CONTAINS, STARTS_WITH, ENDS_WITH -> text(operator, left, right, budget);
      case RANGE -> range(left, right, budget);
      case PLUS, MINUS, TIMES -> arithmetic(operator, left, right, budget);
      case DIVIDED -> number(operator, left, right) / number(operator, right, left);
      case POWER -> power(number(operator, left, right), number(operator, right, left));
      case MODULO -> modulo(left, right);
      case OR, AND, COALESCE -> throw new IllegalStateException(operator + " looks at its left");
    };
  }

  private static ConditionException mismatch(BinaryOperator operator, Object left, Object right) {
    return new ConditionException(
        "invalid operation: %s %s %s"
            .formatted(Values.typeOf(left), operator.text, Values.typeOf(right)));
  }

  private static double number(BinaryOperator operator, Object value, Object other) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw mismatch(operator, value, other);
  }

  private static boolean ordered(BinaryOperator operator, Object left, Object right) {
    if (left instanceof Long one && right instanceof Long other) {
      return holds(operator, Long.compare(one, other));
    }
    if (left instanceof String one && right instanceof String other) {
      return holds(operator, one.compareTo(other));
    }
    double one = number(operator, left, right);
    double other = number(operator, right, left);
    // Not by Double.compare: no order holds for NaN, and -0 is 0.
    return switch (operator) {
      case LESS -> one < other;
      case LESS_OR_EQUAL -> one <= other;
      case GREATER -> one > other;
      default -> one >= other;
    };
  }

  private static boolean holds(BinaryOperator operator, int comparison) {
    return switch (operator) {
      case LESS -> comparison < 0;
      case LESS_OR_EQUAL -> comparison <= 0;
      case GREATER -> comparison > 0;
      default -> comparison >= 0;
    };
  }

  private static boolean in(Object element, Object container, Budget budget) {
    return switch (container) {
      case null -> false;
      case List<?> list -> {
        for (Object each : list) {
          if (Values.equal(each, element, budget)) {
            yield true;
          }
        }
        yield false;
      }
      case Map<?, ?> map -> element instanceof String && map.containsKey(element);
      default -> throw mismatch(BinaryOperator.IN, element, container);
    };
  }

  private static boolean text(BinaryOperator operator, Object left, Object right, Budget budget) {
    if (left == null || right == null) {
      return false;
    }
    if (left instanceof String text && right instanceof String part) {
      budget.spend(text.length());
      return switch (operator) {
        case CONTAINS -> text.contains(part);
        case STARTS_WITH -> text.startsWith(part);
        default -> text.endsWith(part);
      };
    }
    throw mismatch(operator, left, right);
  }

  private static List<Object> range(Object from, Object to, Budget budget) {
    if (!(from instanceof Long first && to instanceof Long last)) {
      throw mismatch(BinaryOperator.RANGE, from, to);
    }
    List<Object> range = new ArrayList<>();
    for (long each = first; each <= last; each++) {
      budget.spend(1);
      range.add(each);
    }
    return range;
  }

  private static Object arithmetic(
      BinaryOperator operator, Object left, Object right, Budget budget) {
    if (left instanceof String one && right instanceof String other) {
      budget.spend(one.length() + other.length());
      return one + other;
    }
    if (left instanceof Long one && right instanceof Long other) {
      return switch (operator) {
        case PLUS -> one + other;
        case MINUS -> one - other;
        default -> one * other;
      };
    }
    double one = number(operator, left, right);
    double other = number(operator, right, left);
    return switch (operator) {
      case PLUS -> one + other;
      case MINUS -> one - other;
      default -> one * other;
    };
  }

  /** As Go's: 1 to any power is 1, and so is -1 to an infinite one. */
  private static double power(double base, double exponent) {
    boolean one = base == 1 || base == -1 && Double.isInfinite(exponent);
    return one ? 1 : Math.pow(base, exponent);
  }

  private static Long modulo(Object left, Object right) {
    if (!(left instanceof Long dividend && right instanceof Long divisor)) {
      throw mismatch(BinaryOperator.MODULO, left, right);
    }
    if (divisor == 0) {
      throw new ConditionException("integer divide by zero");
    }
    return dividend % divisor;
  }
}
