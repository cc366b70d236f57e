package dev.sluice.analysis.condition;

import dev.sluice.analysis.condition.Expression.Binary;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A successCondition or failureCondition, ready to be asked. It knows {@code result} and the
 * functions of {@link Function} and {@link Loop}; nothing in it reaches outside.
 */
public final class Condition {

  private final Expression expression;
  private final Set<Binary> onIntegers;
  private final ResultType type;

  private Condition(Expression expression, Set<Binary> onIntegers, ResultType type) {
    this.expression = expression;
    this.onIntegers = onIntegers;
    this.type = type;
  }

  /**
   * Reads a condition and checks it against the kind of result that it will be asked about.
   *
   * @param text as in the manifest, up to 4,096 characters
   * @throws ConditionException if it cannot be read, is too large, or can never be a yes or no
   */
  public static Condition compile(String text, ResultType type) {
    if (text.length() > Limits.LENGTH) {
      throw new ConditionException(
          "longer than %d characters: %d".formatted(Limits.LENGTH, text.length()));
    }
    Expression expression = Parser.parse(text);
    Set<Binary> onIntegers = new Checker(type.nature()).checkCondition(expression);
    return new Condition(expression, onIntegers, type);
  }

  /**
   * What the condition says of this result.
   *
   * @param result of the kind that the condition was compiled for; another is an {@link
   *     IllegalArgumentException}
   * @throws ConditionException if it has no answer: an index out of range, a wrong type inside a
   *     document, more than 200,000 steps
   */
  public boolean test(Object result) {
    boolean fits =
        switch (type) {
          case VECTOR, LIST -> result instanceof List<?>;
          case SCALAR -> result instanceof Double;
          case OBJECT -> result instanceof Map<?, ?>;
          case TEXT -> result instanceof String;
          case BOOLEAN -> result instanceof Boolean;
          case NIL -> result == null;
        };
    if (!fits) {
      throw new IllegalArgumentException("compiled for " + type + ", not for " + result);
    }
    return Values.bool(new Evaluator(result, onIntegers).value(expression));
  }
}
