package dev.sluice.analysis.condition;

import dev.sluice.analysis.condition.Nature.ListOf;
import dev.sluice.analysis.condition.Nature.Simple;
import java.util.List;

/** What a call will be; arguments that never fit are errors. */
final class FunctionNatures {

  private FunctionNatures() {}

  static Nature of(Function function, List<Nature> arguments) {
    Nature first = arguments.getFirst();
    return switch (function) {
      case LEN -> {
        boolean hasLength = first.isList() || first == Simple.TEXT || first == Simple.OBJECT;
        require(function, first, hasLength);
        yield Simple.INTEGER;
      }
      case IS_NAN, IS_INF -> {
        require(function, first, first.isNumber());
        yield Simple.BOOLEAN;
      }
      case IS_NIL -> Simple.BOOLEAN;
      case DEFAULT -> Simple.ANY;
      case AS_INT -> Simple.INTEGER;
      case AS_FLOAT -> Simple.FLOAT;
      case INT -> {
        require(function, first, first.isNumber() || first == Simple.TEXT);
        yield Simple.INTEGER;
      }
      case FLOAT -> {
        require(function, first, first.isNumber() || first == Simple.TEXT);
        yield Simple.FLOAT;
      }
      case ABS -> {
        require(function, first, first.isNumber());
        yield first;
      }
      case CEIL, FLOOR, ROUND -> {
        require(function, first, first.isNumber());
        yield Simple.FLOAT;
      }
      case MAX, MIN, MEAN, MEDIAN -> aggregate(function, arguments);
      case FIRST, LAST -> {
        require(function, first, first.isList());
        yield first instanceof ListOf(Nature element) ? element : Simple.ANY;
      }
      case GET -> get(first, arguments.get(1));
      case TYPE -> Simple.TEXT;
    };
  }

  private static void require(Function function, Nature argument, boolean fits) {
    if (!fits && !argument.isAny()) {
      throw new ConditionException(
          "invalid argument for %s (type %s)".formatted(function.text(), argument));
    }
  }

  private static Nature aggregate(Function function, List<Nature> arguments) {
    boolean open = false;
    for (Nature argument : arguments) {
      require(function, argument, argument.isNumber() || argument.isList());
      open |= !argument.isNumber();
    }
    return open ? Simple.ANY : arguments.getFirst();
  }

  private static Nature get(Nature container, Nature key) {
    return switch (container) {
      case Simple.ANY -> Simple.ANY;
      case Simple.OBJECT -> {
        require(Function.GET, key, key == Simple.TEXT);
        yield Simple.ANY;
      }
      case ListOf(Nature element) -> {
        require(Function.GET, key, key == Simple.INTEGER);
        yield element;
      }
      case Simple _ ->
          throw new ConditionException("type %s does not support indexing".formatted(container));
    };
  }
}
