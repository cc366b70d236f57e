package dev.sluice.analysis;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Values as status shows them: the shortest digits that are exact, without exponent, as Go does.
 */
final class ValueText {

  /** Characters of a value or message: a record of Kafka holds many of them. */
  private static final int LONGEST = 4_000;

  private ValueText() {}

  static String of(List<Double> samples) {
    return shortened(
        samples.stream().map(ValueText::of).collect(Collectors.joining(",", "[", "]")));
  }

  static String of(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** Cut off, and marked, where it is too long for a record. */
  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
