package dev.sluice.analysis.condition;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands between two operands, with its precedence: higher binds stronger. */
enum BinaryOperator {
  OR("||", 10),
  AND("&&", 15),
  EQUAL("==", 20),
  NOT_EQUAL("!=", 20),
  LESS("<", 20),
  LESS_OR_EQUAL("<=", 20),
  GREATER(">", 20),
  GREATER_OR_EQUAL(">=", 20),
  IN("in", 20),
  CONTAINS("contains", 20),
  STARTS_WITH("startsWith", 20),
  ENDS_WITH("endsWith", 20),
  RANGE("..", 25),
  PLUS("+", 30),
  MINUS("-", 30),
  TIMES("*", 60),
  DIVIDED("/", 60),
  MODULO("%", 60),
  POWER("**", 100),
  COALESCE("??", 500);

  private static final Map<String, BinaryOperator> BY_TEXT =
      Stream.of(values()).collect(Collectors.toMap(o -> o.text, Function.identity()));
  private static final Map<String, String> OTHER_SPELLINGS =
      Map.of("or", "||", "and", "&&", "^", "**");

  final String text;
  final int precedence;

  BinaryOperator(String text, int precedence) {
    this.text = text;
    this.precedence = precedence;
  }

  /** The operator that the token is, or null. */
  static BinaryOperator of(Token token) {
    return token.kind() == Token.Kind.OPERATOR
        ? BY_TEXT.get(OTHER_SPELLINGS.getOrDefault(token.text(), token.text()))
        : null;
  }

  boolean isOrdering() {
    return this == LESS || this == LESS_OR_EQUAL || this == GREATER || this == GREATER_OR_EQUAL;
  }

  /** Whether {@code not} may stand before it. */
  boolean isNegatable() {
    return this == IN || this == CONTAINS || this == STARTS_WITH || this == ENDS_WITH;
  }

  boolean isRightAssociative() {
    return this == POWER;
  }
}
