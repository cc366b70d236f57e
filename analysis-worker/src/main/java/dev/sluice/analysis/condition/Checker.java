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
import dev.sluice.analysis.condition.Nature.ListOf;
import dev.sluice.analysis.condition.Nature.Simple;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Says what an expression will be, or why it cannot be anything, before it runs. */
final class Checker {

  private final Nature result;
  private final Set<Binary> onIntegers = Collections.newSetFromMap(new IdentityHashMap<>());

  Checker(Nature result) {
    this.result = result;
  }

  /**
   * Refuses an expression that cannot be a yes or no.
   *
   * @return the operations whose operands are both whole numbers as far as is known before it runs
   */
  Set<Binary> checkCondition(Expression condition) {
    Nature nature = nature(condition, Simple.NIL);
    if (nature != Simple.BOOLEAN && !nature.isAny()) {
      throw new ConditionException(
          "expected bool, but got " + (nature == Simple.NIL ? "<nil>" : nature));
    }
    return onIntegers;
  }

  /** {@code element} is what {@code #} stands for. */
  private Nature nature(Expression expression, Nature element) {
    return switch (expression) {
      case Literal(var value) -> literal(value);
      case Result() -> result;
      case Element() -> element;
      case ListLiteral(var elements) -> list(elements, element);
      case Not(var operand) -> bool("!", nature(operand, element));
      case Sign(_, var operand) -> number("-", nature(operand, element));
      case Binary binary -> {
        Nature left = nature(binary.left(), element);
        Nature right = nature(binary.right(), element);
        if (left == Simple.INTEGER && right == Simple.INTEGER) {
          onIntegers.add(binary);
        }
        yield OperatorNatures.of(binary.operator(), left, right);
      }
      case Conditional(var test, var then, var otherwise) -> {
        bool("?", nature(test, element));
        yield nature(then, element).or(nature(otherwise, element));
      }
      case Index(var target, var index, _) ->
          ContainerNatures.index(nature(target, element), nature(index, element), index);
      case Slice slice -> slice(slice, element);
      case Member(var target, var name, _) ->
          ContainerNatures.member(nature(target, element), name);
      case Chain(var whole) -> nature(whole, element);
      case Call(var function, var arguments) ->
          FunctionNatures.of(
              function, arguments.stream().map(argument -> nature(argument, element)).toList());
      case Each(var loop, var list, var predicate) -> each(loop, nature(list, element), predicate);
    };
  }

  private static Nature literal(Object value) {
    return switch (value) {
      case null -> Simple.NIL;
      case Long _ -> Simple.INTEGER;
      case Double _ -> Simple.FLOAT;
      case Boolean _ -> Simple.BOOLEAN;
      default -> Simple.TEXT;
    };
  }

  private Nature list(List<Expression> elements, Nature element) {
    List<Nature> natures = elements.stream().map(each -> nature(each, element)).distinct().toList();
    return new ListOf(natures.size() == 1 ? natures.getFirst() : Simple.ANY);
  }

  private static Nature bool(String operator, Nature operand) {
    if (operand != Simple.BOOLEAN && !operand.isAny()) {
      throw new ConditionException(
          "invalid operation: %s (mismatched type %s)".formatted(operator, operand));
    }
    return Simple.BOOLEAN;
  }

  private static Nature number(String operator, Nature operand) {
    if (!operand.isNumber() && !operand.isAny()) {
      throw new ConditionException(
          "invalid operation: %s (mismatched type %s)".formatted(operator, operand));
    }
    return operand;
  }

  private Nature slice(Slice slice, Nature element) {
    if (slice.from() != null) {
      ContainerNatures.requirePosition(nature(slice.from(), element));
    }
    if (slice.to() != null) {
      ContainerNatures.requirePosition(nature(slice.to(), element));
    }
    return ContainerNatures.slice(nature(slice.target(), element));
  }

  private Nature each(Loop loop, Nature list, Expression predicate) {
    Nature element =
        switch (list) {
          case ListOf(Nature each) -> each;
          case Simple.ANY -> Simple.ANY;
          case Simple _ ->
              throw new ConditionException(
                  "builtin %s takes only array (got %s)".formatted(loop.text(), list));
        };
    Nature answer = predicate == null ? element : nature(predicate, element);
    if (loop.isDecided() && answer != Simple.BOOLEAN && !answer.isAny()) {
      throw new ConditionException("predicate should return boolean (got %s)".formatted(answer));
    }
    return switch (loop) {
      case ALL, ANY, NONE, ONE -> Simple.BOOLEAN;
      case FILTER -> new ListOf(element);
      case MAP -> new ListOf(answer);
      case COUNT, FIND_INDEX -> Simple.INTEGER;
      case FIND -> element;
      case SUM -> answer;
    };
  }
}
