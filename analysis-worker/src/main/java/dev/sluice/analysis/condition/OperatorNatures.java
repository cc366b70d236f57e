package dev.sluice.analysis.condition;

import dev.sluice.analysis.condition.Nature.ListOf;
import dev.sluice.analysis.condition.Nature.Simple;
import java.util.function.Predicate;

/** What becomes of two operands; operands that never fit are errors. */
final class OperatorNatures {

  private OperatorNatures() {}

  static Nature of(BinaryOperator operator, Nature left, Nature right) {
    return switch (operator) {
      case OR, AND -> {
        require(operator, left, right, fit(left, right, nature -> nature == Simple.BOOLEAN));
        yield Simple.BOOLEAN;
      }
      case EQUAL, NOT_EQUAL -> {
        require(operator, left, right, left.isComparableTo(right));
        yield Simple.BOOLEAN;
      }
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
        require(operator, left, right, areNumbers(left, right) || areTexts(left, right));
        yield Simple.BOOLEAN;
      }
      case IN -> {
        require(operator, left, right, canHold(right, left));
        yield Simple.BOOLEAN;
      }
      case CONTAINS, STARTS_WITH, ENDS_WITH -> {
        require(operator, left, right, areTexts(left, right));
        yield Simple.BOOLEAN;
      }
      case RANGE -> {
        require(operator, left, right, areIntegers(left, right));
        yield new ListOf(Simple.INTEGER);
      }
      case PLUS -> {
        require(operator, left, right, areNumbers(left, right) || areTexts(left, right));
        yield left == Simple.TEXT && right == Simple.TEXT ? left : arithmetic(left, right);
      }
      case MINUS, TIMES -> {
        require(operator, left, right, areNumbers(left, right));
        yield arithmetic(left, right);
      }
      case DIVIDED, POWER -> {
        require(operator, left, right, areNumbers(left, right));
        yield Simple.FLOAT;
      }
      case MODULO -> {
        require(operator, left, right, areIntegers(left, right));
        yield arithmetic(left, right);
      }
      case COALESCE -> left.or(right);
    };
  }

  private static void require(BinaryOperator operator, Nature left, Nature right, boolean fits) {
    if (!fits) {
      throw new ConditionException(
          "invalid operation: %s (mismatched types %s and %s)"
              .formatted(operator.text, left, right));
    }
  }

  /** Both are of that kind, or open. */
  private static boolean fit(Nature left, Nature right, Predicate<Nature> kind) {
    return (left.isAny() || kind.test(left)) && (right.isAny() || kind.test(right));
  }

  private static boolean areNumbers(Nature left, Nature right) {
    return fit(left, right, Nature::isNumber);
  }

  private static boolean areIntegers(Nature left, Nature right) {
    return fit(left, right, nature -> nature == Simple.INTEGER);
  }

  private static boolean areTexts(Nature left, Nature right) {
    return fit(left, right, nature -> nature == Simple.TEXT);
  }

  private static Nature arithmetic(Nature left, Nature right) {
    if (left.isAny() || right.isAny()) {
      return Simple.ANY;
    }
    return left == Simple.FLOAT || right == Simple.FLOAT ? Simple.FLOAT : Simple.INTEGER;
  }

  private static boolean canHold(Nature container, Nature element) {
    return switch (container) {
      case Simple.ANY -> true;
      case Simple.OBJECT -> element == Simple.TEXT || element.isAny();
      case Simple.TEXT -> element.isAny();
      case Simple _ -> false;
      case ListOf(Nature held) -> held.isComparableTo(element);
    };
  }
}
