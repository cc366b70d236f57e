package dev.sluice.analysis.condition;

import java.util.List;

/** A condition that was read: a tree. */
sealed interface Expression {

  /** A Long, Double, Boolean or String, or null. */
  record Literal(Object value) implements Expression {}

  /** What the provider gave. */
  record Result() implements Expression {}

  /** {@code #}: the element that a predicate looks at. */
  record Element() implements Expression {}

  record ListLiteral(List<Expression> elements) implements Expression {}

  record Not(Expression operand) implements Expression {}

  record Sign(boolean negative, Expression operand) implements Expression {}

  record Binary(BinaryOperator operator, Expression left, Expression right) implements Expression {}

  record Conditional(Expression test, Expression then, Expression otherwise)
      implements Expression {}

  record Index(Expression target, Expression index, boolean optional) implements Expression {}

  /** {@code target[from:to]}; each end may be null. */
  record Slice(Expression target, Expression from, Expression to) implements Expression {}

  /**
   * {@code target.name}; where it is optional ({@code ?.}), a nil target ends the chain with nil.
   */
  record Member(Expression target, String name, boolean optional) implements Expression {}

  /** As far as a {@code ?.} in it reaches. */
  record Chain(Expression whole) implements Expression {}

  record Call(Function function, List<Expression> arguments) implements Expression {}

  /** A function that looks at each element; the predicate may be null for some. */
  record Each(Loop loop, Expression list, Expression predicate) implements Expression {}
}
