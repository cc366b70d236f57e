package dev.sluice.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** Strings and numbers as Go's encoding/json writes them. */
final class GoText {

  private static final String HEX = "0123456789abcdef";

  private GoText() {}

  /**
   * Quotes; {@code <}, {@code >}, {@code &} and the line separators are escaped, for HTML's sake.
   */
  static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '<', '>', '&', '\u2028', '\u2029' -> escape(c, out);
        default -> {
          if (c < 0x20) {
            escape(c, out);
          } else if (isLoneSurrogate(text, i)) {
            out.append('\uFFFD');
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static void escape(char c, StringBuilder out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 0xF));
    }
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  /** A number of raw JSON: a whole one of 64 bits as it is, any other as a float64. */
  static String number(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return Long.toString(value.longValue());
    }
    double number = value.doubleValue();
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    double size = Math.abs(number);
    if (size >= 1e-6 && size < 1e21) {
      return digits.toPlainString();
    }
    int exponent = digits.precision() - digits.scale() - 1;
    String mantissa = digits.movePointLeft(exponent).toPlainString();
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }

  /** A scalar without quotes. */
  static String plain(JsonNode value) {
    return value.isNumber() ? number(value) : value.asText();
  }
}
