package dev.sluice.analysis.condition;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads numbers as Go does: in a condition, and in texts that asInt and asFloat are given. */
final class NumberLiteral {

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,25}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");
  private static final Pattern PREFIXED =
      Pattern.compile("0([xX][0-9a-fA-F]+|[bB][01]+|[oO][0-7]+)");
  private static final Pattern NOT_FINITE = Pattern.compile("(?i)([+-]?)(inf|infinity|nan)");

  private NumberLiteral() {}

  static Token token(String text) {
    return new Token(Token.Kind.NUMBER, text, value(text));
  }

  private static Object value(String text) {
    String digits = text.replace("_", "");
    if (PREFIXED.matcher(digits).matches()) {
      return prefixed(digits, text);
    }
    if (INTEGER.matcher(digits).matches()) {
      OptionalLong integer = integer(digits);
      if (integer.isEmpty()) {
        throw new ConditionException("integer literal is too large: " + text);
      }
      return integer.getAsLong();
    }
    if (DECIMAL.matcher(digits).matches()) {
      return Double.parseDouble(digits);
    }
    throw new ConditionException("bad number syntax: \"" + text + "\"");
  }

  private static Long prefixed(String digits, String text) {
    int radix =
        switch (Character.toLowerCase(digits.charAt(1))) {
          case 'x' -> 16;
          case 'b' -> 2;
          default -> 8;
        };
    try {
      return Long.parseLong(digits.substring(2), radix);
    } catch (NumberFormatException _) {
      throw new ConditionException("integer literal is too large: " + text);
    }
  }

  /** A whole number of 64 bits, or nothing. */
  static OptionalLong integer(String text) {
    try {
      return INTEGER.matcher(text).matches()
          ? OptionalLong.of(Long.parseLong(text))
          : OptionalLong.empty();
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  /** A decimal number, an infinity or NaN in any case, or nothing. */
  static OptionalDouble decimal(String text) {
    if (DECIMAL.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
    var special = NOT_FINITE.matcher(text);
    if (!special.matches()) {
      return OptionalDouble.empty();
    }
    boolean notANumber = special.group(2).equalsIgnoreCase("nan");
    if (notANumber) {
      return special.group(1).isEmpty() ? OptionalDouble.of(Double.NaN) : OptionalDouble.empty();
    }
    return OptionalDouble.of(
        special.group(1).equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
  }
}
