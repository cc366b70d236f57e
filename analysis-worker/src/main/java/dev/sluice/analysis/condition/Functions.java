package dev.sluice.analysis.condition;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What {@link Function}s do. */
final class Functions {

  private Functions() {}

  /**
   * {@code result} is the whole result, at which isNil and default look whatever they are given.
   */
  static Object apply(Function function, List<Object> arguments, Object result, Budget budget) {
    Object first = arguments.getFirst();
    return switch (function) {
      case LEN -> length(first);
      case IS_NAN -> Double.isNaN(real(function, first));
      case IS_INF -> Double.isInfinite(real(function, first));
      case IS_NIL -> result == null;
      case DEFAULT -> result == null ? arguments.get(1) : result;
      case AS_INT, INT -> toInteger(function, first);
      case AS_FLOAT, FLOAT -> toFloat(function, first);
      case ABS ->
          first instanceof Long number
              ? Math.abs(number)
              : (Object) Math.abs(number(function, first));
      case CEIL -> Math.ceil(number(function, first));
      case FLOOR -> Math.floor(number(function, first));
      case ROUND -> rounded(number(function, first));
      case MAX, MIN, MEAN, MEDIAN -> Aggregates.apply(function, arguments, budget);
      case FIRST -> Containers.get(Values.list(first), 0L);
      case LAST -> Containers.get(Values.list(first), -1L);
      case GET -> Containers.get(first, arguments.get(1));
      case TYPE -> typeName(first);
    };
  }

  private static Long length(Object value) {
    return switch (value) {
      case List<?> list -> (long) list.size();
      case Map<?, ?> map -> (long) map.size();
      case String text -> (long) text.codePointCount(0, text.length());
      case null, default -> throw invalid(Function.LEN, value);
    };
  }

  static ConditionException invalid(Function function, Object value) {
    return new ConditionException(
        "invalid argument for %s (type %s)".formatted(function.text(), Values.typeOf(value)));
  }

  /** A float and nothing else: a whole number is an error here, as in Argo Rollouts. */
  private static double real(Function function, Object value) {
    if (value instanceof Double real) {
      return real;
    }
    throw invalid(function, value);
  }

  private static double number(Function function, Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw invalid(function, value);
  }

  private static Long toInteger(Function function, Object value) {
    return switch (value) {
      case Long number -> number;
      case Double real -> truncated(real);
      case String text -> {
        OptionalLong parsed = NumberLiteral.integer(text);
        if (parsed.isEmpty()) {
          throw new ConditionException(
              "%s: \"%s\" is not a whole number".formatted(function.text(), text));
        }
        yield parsed.getAsLong();
      }
      case null, default -> throw unsupported(function, value);
    };
  }

  private static Double toFloat(Function function, Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text -> {
        OptionalDouble parsed = NumberLiteral.decimal(text);
        if (parsed.isEmpty()) {
          throw new ConditionException(
              "%s: \"%s\" is not a number".formatted(function.text(), text));
        }
        yield parsed.getAsDouble();
      }
      case null, default -> throw unsupported(function, value);
    };
  }

  private static ConditionException unsupported(Function function, Object value) {
    return new ConditionException(
        "%s() not supported on %s".formatted(function.text(), Values.typeOf(value)));
  }

  /** Towards zero; what does not fit becomes the least number, as Go does on amd64. */
  static long truncated(double value) {
    return value >= -0x1p63 && value < 0x1p63 ? (long) value : Long.MIN_VALUE;
  }

  /** Halves away from zero. */
  private static double rounded(double value) {
    double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
    return Math.abs(value - whole) >= 0.5 ? whole + Math.copySign(1, value) : whole;
  }

  private static String typeName(Object value) {
    return switch (value) {
      case null -> "nil";
      case Long _ -> "int";
      case Double _ -> "float";
      case Boolean _ -> "bool";
      case String _ -> "string";
      case List<?> _ -> "array";
      default -> "map";
    };
  }
}
