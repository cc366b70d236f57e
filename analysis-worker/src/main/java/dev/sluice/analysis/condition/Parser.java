package dev.sluice.analysis.condition;

import dev.sluice.analysis.condition.Expression.Binary;
import dev.sluice.analysis.condition.Expression.Conditional;
import dev.sluice.analysis.condition.Expression.Not;

/** Reads tokens into an {@link Expression}, operators by their precedence (Pratt). */
final class Parser {

  private final TokenStream tokens;
  private final Operands operands;
  private int depth;

  private Parser(TokenStream tokens) {
    this.tokens = tokens;
    this.operands = new Operands(this, tokens);
  }

  static Expression parse(String text) {
    Parser parser = new Parser(new TokenStream(Lexer.tokens(text)));
    Expression expression = parser.expression(0);
    parser.tokens.expectEnd();
    return expression;
  }

  /** What stands here as far as operators of this precedence or higher reach. */
  Expression expression(int precedence) {
    if (++depth > Limits.DEPTH) {
      throw new ConditionException("nested deeper than " + Limits.DEPTH);
    }
    Expression left = operands.next();
    BinaryOperator previous = null;
    while (true) {
      if (precedence == 0 && tokens.takeOperator("|")) {
        left = operands.call(tokens.takeIdentifier(), left);
        previous = null;
        continue;
      }
      boolean negated = tokens.current().isOperator("not");
      BinaryOperator operator = BinaryOperator.of(negated ? tokens.following() : tokens.current());
      if (operator == null
          || operator.precedence < precedence
          || negated && !operator.isNegatable()) {
        break;
      }
      if (previous == BinaryOperator.COALESCE && operator != BinaryOperator.COALESCE) {
        throw new ConditionException(
            "Operator (%s) and coalesce expressions (??) cannot be mixed. Wrap either by parentheses."
                .formatted(operator.text));
      }
      if (negated) {
        tokens.skip();
      }
      tokens.skip();
      left = operator.isOrdering() ? ordering(left, operator) : binary(left, operator);
      left = negated ? new Not(left) : left;
      previous = operator;
    }
    left = precedence == 0 ? conditional(left) : left;
    depth--;
    return left;
  }

  private Expression binary(Expression left, BinaryOperator operator) {
    int next = operator.isRightAssociative() ? operator.precedence : operator.precedence + 1;
    return new Binary(operator, left, expression(next));
  }

  /** {@code a < b < c} means {@code a < b && b < c}. */
  private Expression ordering(Expression left, BinaryOperator operator) {
    Expression right = expression(operator.precedence + 1);
    Expression whole = new Binary(operator, left, right);
    while (true) {
      BinaryOperator next = BinaryOperator.of(tokens.current());
      if (next == null || !next.isOrdering()) {
        return whole;
      }
      tokens.skip();
      Expression last = expression(next.precedence + 1);
      whole = new Binary(BinaryOperator.AND, whole, new Binary(next, right, last));
      right = last;
    }
  }

  private Expression conditional(Expression test) {
    Expression whole = test;
    while (tokens.takeOperator("?")) {
      Expression then = tokens.current().isOperator(":") ? whole : expression(0);
      tokens.expectOperator(":");
      whole = new Conditional(whole, then, expression(0));
    }
    return whole;
  }
}
