package dev.sluice.crd;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form in which Kubernetes writes a quantity such as {@code 1000m}. Mostly the canonical one:
 * but where its parser takes a short cut it keeps the text as it came, and so do we, since the text
 * is hashed.
 */
final class Quantity {

  private static final Pattern SYNTAX =
      Pattern.compile("([+-]?)0*([0-9]*)(?:\\.([0-9]*))?([a-zA-Z]*(?:[+-]?[0-9]+)?)");
  private static final Map<String, Integer> POWER_OF_2 =
      Map.of("Ki", 10, "Mi", 20, "Gi", 30, "Ti", 40, "Pi", 50, "Ei", 60);
  private static final Map<String, Integer> POWER_OF_10 =
      Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final int NANO = -9;
  private static final int DIGITS_OF_A_LONG = 18;

  private enum Format {
    BINARY,
    DECIMAL,
    EXPONENT
  }

  private Quantity() {}

  /**
   * @param path for the message
   * @throws IllegalArgumentException if it is not a quantity
   */
  static String canonical(String given, String path) {
    String text = given.strip();
    Matcher parts = SYNTAX.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw new IllegalArgumentException(
          path + ": \"" + given + "\" is not a quantity such as 500m");
    }
    String whole = parts.group(2).isEmpty() ? "0" : parts.group(2);
    String fraction = parts.group(3) == null ? "" : parts.group(3);
    String suffix = parts.group(4);
    Format format = format(suffix, given, path);
    int exponent = exponent(suffix, format);

    BigDecimal number = new BigDecimal(new BigInteger(whole + fraction), fraction.length());
    BigDecimal value =
        format == Format.BINARY
            ? number.multiply(new BigDecimal(BigInteger.TWO.pow(exponent)))
            : number.scaleByPowerOfTen(exponent);
    if (isShortCut(whole, fraction, exponent, format, value)) {
      if (isKept(whole, fraction, exponent, format)) {
        return text;
      }
    } else {
      value = bounded(value, format);
      if (format == Format.BINARY && value.signum() > 0 && value.compareTo(BigDecimal.ONE) < 0) {
        format = Format.DECIMAL;
      }
    }
    return write(parts.group(1).equals("-") ? value.negate() : value, format);
  }

  private static Format format(String suffix, String given, String path) {
    if (POWER_OF_10.containsKey(suffix)) {
      return Format.DECIMAL;
    }
    if (POWER_OF_2.containsKey(suffix)) {
      return Format.BINARY;
    }
    if (suffix.matches("[eE][+-]?[0-9]{1,9}")) {
      return Format.EXPONENT;
    }
    throw new IllegalArgumentException(path + ": \"" + given + "\" ends in an unknown unit");
  }

  private static int exponent(String suffix, Format format) {
    return switch (format) {
      case BINARY -> POWER_OF_2.get(suffix);
      case DECIMAL -> POWER_OF_10.get(suffix);
      case EXPONENT -> Integer.parseInt(suffix.substring(1));
    };
  }

  /** Whether Kubernetes reads it into a whole number times a power of ten that fits 64 bits. */
  private static boolean isShortCut(
      String whole, String fraction, int exponent, Format format, BigDecimal value) {
    if (format == Format.BINARY) {
      int spare = 15 - whole.length() - (int) (exponent * 3 / 10f) - 1;
      return fraction.isEmpty() && spare >= 0 && value.toBigInteger().compareTo(LARGEST) <= 0;
    }
    return whole.length() + fraction.length() <= DIGITS_OF_A_LONG
        && exponent - fraction.length() >= NANO;
  }

  /** Whether the short cut takes the text for canonical already. */
  private static boolean isKept(String whole, String fraction, int exponent, Format format) {
    String digits = whole + fraction;
    if (format == Format.BINARY) {
      return Long.parseLong(digits) % 8 != 0;
    }
    return (exponent - fraction.length()) % 3 == 0
        && !digits.endsWith("000")
        && digits.charAt(0) != '0';
  }

  /** Too small is rounded up (who asks for some gets some), too large is capped. */
  private static BigDecimal bounded(BigDecimal value, Format format) {
    BigDecimal rounded = value.scale() > -NANO ? value.setScale(-NANO, RoundingMode.UP) : value;
    return format == Format.BINARY ? rounded.min(new BigDecimal(LARGEST)) : rounded;
  }

  private static String write(BigDecimal value, Format format) {
    if (value.signum() == 0) {
      return "0";
    }
    if (format == Format.BINARY
        && value.abs().compareTo(BigDecimal.valueOf(1024)) >= 0
        && value.stripTrailingZeros().scale() <= 0) {
      return writeBinary(value.toBigIntegerExact());
    }
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = -stripped.scale();
    int shift = Math.floorMod(exponent, 3);
    String mantissa = stripped.unscaledValue().multiply(BigInteger.TEN.pow(shift)).toString();
    exponent -= shift;
    if (format == Format.EXPONENT) {
      return mantissa + (exponent == 0 ? "" : "e" + exponent);
    }
    return mantissa + unit(POWER_OF_10, exponent);
  }

  private static String writeBinary(BigInteger value) {
    BigInteger unit = BigInteger.valueOf(1024);
    int power = 0;
    BigInteger rest = value;
    while (rest.mod(unit).signum() == 0) {
      rest = rest.divide(unit);
      power += 10;
    }
    return rest + unit(POWER_OF_2, power);
  }

  private static String unit(Map<String, Integer> units, int power) {
    return units.entrySet().stream()
        .filter(unit -> unit.getValue() == power)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }
}
