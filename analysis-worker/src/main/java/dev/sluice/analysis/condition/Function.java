package dev.sluice.analysis.condition;

import dev.sluice.analysis.condition.Expression.Call;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Functions on values. What they do is in {@link Functions}. */
enum Function {
  LEN("len", 1, 1),
  IS_NAN("isNaN", 1, 1),
  IS_INF("isInf", 1, 1),
  IS_NIL("isNil", 1, 1),
  DEFAULT("default", 2, 2),
  AS_INT("asInt", 1, 1),
  AS_FLOAT("asFloat", 1, 1),
  INT("int", 1, 1),
  FLOAT("float", 1, 1),
  ABS("abs", 1, 1),
  CEIL("ceil", 1, 1),
  FLOOR("floor", 1, 1),
  ROUND("round", 1, 1),
  MAX("max", 1, Integer.MAX_VALUE),
  MIN("min", 1, Integer.MAX_VALUE),
  MEAN("mean", 1, Integer.MAX_VALUE),
  MEDIAN("median", 1, Integer.MAX_VALUE),
  FIRST("first", 1, 1),
  LAST("last", 1, 1),
  GET("get", 2, 2),
  TYPE("type", 1, 1);

  private static final Map<String, Function> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(Function::text, function -> function));

  private final String text;
  private final int least;
  private final int most;

  Function(String text, int least, int most) {
    this.text = text;
    this.least = least;
    this.most = most;
  }

  /** The function of that name; where there is none, the message names it. */
  static Function named(String name) {
    Function function = BY_NAME.get(name);
    if (function == null) {
      throw new ConditionException("unknown name %s: no such function".formatted(name));
    }
    return function;
  }

  String text() {
    return text;
  }

  Call call(List<Expression> arguments) {
    if (arguments.size() < least) {
      throw new ConditionException("not enough arguments to call " + text);
    }
    if (arguments.size() > most) {
      throw new ConditionException("too many arguments to call " + text);
    }
    boolean takesFloat = this == IS_NAN || this == IS_INF;
    return new Call(
        this,
        takesFloat ? List.of(FloatLiterals.in(arguments.getFirst())) : List.copyOf(arguments));
  }
}
