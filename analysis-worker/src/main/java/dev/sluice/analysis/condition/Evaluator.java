package dev.sluice.analysis.condition;

import dev.sluice.analysis.condition.Expression.Binary;
import dev.sluice.analysis.condition.Expression.Call;
import dev.sluice.analysis.condition.Expression.Chain;
import dev.sluice.analysis.condition.Expression.Conditional;
import dev.sluice.analysis.condition.Expression.Each;
import dev.sluice.analysis.condition.Expression.Element;
import dev.sluice.analysis.condition.Expression.Index;
import dev.sluice.analysis.condition.Expression.ListLiteral;
import dev.sluice.analysis.condition.Expression.Literal;
import dev.sluice.analysis.condition.Expression.Member;
import dev.sluice.analysis.condition.Expression.Not;
import dev.sluice.analysis.condition.Expression.Result;
import dev.sluice.analysis.condition.Expression.Sign;
import dev.sluice.analysis.condition.Expression.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs an expression that was checked. Values are Long, Double, Boolean, String, List, Map or null.
 */
final class Evaluator {

  /** A chain that met nil at a {@code ?.}: everything behind it is nil as well. */
  private static final Object ENDED = new Object();

  private final Object result;
  private final Set<Binary> onIntegers;
  private final Budget budget = new Budget();

  Evaluator(Object result, Set<Binary> onIntegers) {
    this.result = result;
    this.onIntegers = onIntegers;
  }

  Object value(Expression condition) {
    return value(condition, null);
  }

  private Object value(Expression expression, Object element) {
    budget.spend(1);
    return switch (expression) {
      case Literal(var value) -> value;
      case Result() -> result;
      case Element() -> element;
      case ListLiteral(var elements) -> values(elements, element);
      case Not(var operand) -> !Values.bool(value(operand, element));
      case Sign(var negative, var operand) -> sign(negative, value(operand, element));
      case Binary binary -> binary(binary, element);
      case Conditional(var test, var then, var otherwise) ->
          value(Values.bool(value(test, element)) ? then : otherwise, element);
      case Index(var target, var index, var optional) -> {
        Object container = value(target, element);
        yield container == ENDED || optional && container == null
            ? ENDED
            : Containers.element(container, value(index, element));
      }
      case Slice(var target, var from, var to) -> {
        Object container = value(target, element);
        yield container == ENDED
            ? ENDED
            : Containers.slice(
                container,
                from == null ? null : value(from, element),
                to == null ? null : value(to, element),
                budget);
      }
      case Member(var target, var name, var optional) -> {
        Object container = value(target, element);
        yield container == ENDED || optional && container == null
            ? ENDED
            : Containers.element(container, name);
      }
      case Chain(var whole) -> {
        Object value = value(whole, element);
        yield value == ENDED ? null : value;
      }
      case Call(var function, var arguments) ->
          Functions.apply(function, values(arguments, element), result, budget);
      case Each(var loop, var list, var predicate) ->
          loop.run(
              Values.list(value(list, element)),
              predicate == null ? each -> each : each -> value(predicate, each),
              budget);
    };
  }

  private List<Object> values(List<Expression> expressions, Object element) {
    List<Object> values = new ArrayList<>(expressions.size());
    for (Expression each : expressions) {
      values.add(value(each, element));
    }
    return values;
  }

  private static Object sign(boolean negative, Object operand) {
    return switch (operand) {
      case Long number -> negative ? -number : number;
      case Double number -> negative ? -number : number;
      case null, default ->
          throw new ConditionException("invalid operation: - " + Values.typeOf(operand));
    };
  }

  private Object binary(Binary binary, Object element) {
    Object left = value(binary.left(), element);
    return switch (binary.operator()) {
      case OR -> Values.bool(left) || Values.bool(value(binary.right(), element));
      case AND -> Values.bool(left) && Values.bool(value(binary.right(), element));
      case COALESCE -> left != null ? left : value(binary.right(), element);
      case EQUAL, NOT_EQUAL -> equality(binary, left, value(binary.right(), element));
      default -> Operators.apply(binary.operator(), left, value(binary.right(), element), budget);
    };
  }

  /** What was to be a whole number and is not (findIndex of nothing) equals nothing: an error. */
  private Object equality(Binary binary, Object left, Object right) {
    if (onIntegers.contains(binary) && !(left instanceof Long && right instanceof Long)) {
      throw new ConditionException(
          "expected int %s int, but got %s and %s"
              .formatted(binary.operator().text, Values.typeOf(left), Values.typeOf(right)));
    }
    return Operators.apply(binary.operator(), left, right, budget);
  }
}
