package dev.sluice.analysis.condition;

/** How large a condition may be and how long it may run: more than any honest one needs. */
final class Limits {

  /** Characters of a condition. */
  static final int LENGTH = 4_096;

  /** Words and signs of a condition. */
  static final int TOKENS = 1_500;

  /** Parentheses, arguments and operands inside each other. */
  static final int DEPTH = 64;

  /** Nodes visited, elements looked at and characters made while a condition runs. */
  static final int STEPS = 200_000;

  private Limits() {}
}
