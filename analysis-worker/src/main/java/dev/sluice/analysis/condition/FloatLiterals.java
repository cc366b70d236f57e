package dev.sluice.analysis.condition;

import dev.sluice.analysis.condition.Expression.Binary;
import dev.sluice.analysis.condition.Expression.Literal;
import dev.sluice.analysis.condition.Expression.Sign;

/**
 * Where a float is asked for, whole numbers in an argument's arithmetic are meant as floats: {@code
 * isNaN(1)} is right, while {@code isNaN(len(result))} is an error, as in expr.
 */
final class FloatLiterals {

  private FloatLiterals() {}

  static Expression in(Expression argument) {
    return switch (argument) {
      case Literal(Long number) -> new Literal(number.doubleValue());
      case Sign(boolean negative, Expression operand) -> new Sign(negative, in(operand));
      case Binary(BinaryOperator operator, Expression left, Expression right)
          when operator == BinaryOperator.PLUS
              || operator == BinaryOperator.MINUS
              || operator == BinaryOperator.TIMES ->
          new Binary(operator, in(left), in(right));
      default -> argument;
    };
  }
}
