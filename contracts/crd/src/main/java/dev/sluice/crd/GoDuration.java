package dev.sluice.crd;

import io.fabric8.kubernetes.api.model.IntOrString;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them, such as {@code 1h30m}, {@code 1.5s} or {@code -250ms}. */
public final class GoDuration {

  private static final Pattern PART = Pattern.compile("([0-9]*)(?:\\.([0-9]*))?([^0-9.]*)");
  private static final Pattern SECONDS = Pattern.compile("[+-]?[0-9]+");
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final Map<String, Long> NANOSECONDS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "\u00b5s", 1_000L,
          "\u03bcs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  /**
   * Parses a duration.
   *
   * @param text signed decimal numbers, each with a unit of ns, us, ms, s, m or h; or {@code 0}
   * @throws IllegalArgumentException with Go's message, such as {@code time: unknown unit "d" in
   *     duration "1d"}
   */
  public static Duration parse(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String rest = signed ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = PART.matcher(rest);
    BigInteger sum = BigInteger.ZERO;
    int at = 0;
    do {
      part.region(at, rest.length());
      if (!part.lookingAt() || part.group(1).isEmpty() && isEmpty(part.group(2))) {
        throw new IllegalArgumentException("time: invalid duration " + quoted(text));
      }
      long unit = unit(part.group(3), text);
      BigInteger whole = new BigInteger("0" + part.group(1)).multiply(BigInteger.valueOf(unit));
      sum = sum.add(whole).add(BigInteger.valueOf(fraction(part.group(2), unit)));
      at = part.end();
    } while (at < rest.length());
    if (sum.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("time: invalid duration " + quoted(text));
    }
    Duration duration = Duration.ofNanos(sum.longValueExact());
    return text.startsWith("-") ? duration.negated() : duration;
  }

  /**
   * The length of a pause in whole seconds, cut off; -1 if it cannot be read, which makes the
   * Rollout invalid.
   *
   * @param duration a number of seconds, also as digits, or a Go duration
   */
  public static int pauseSeconds(IntOrString duration) {
    if (duration.getIntVal() != null) {
      return duration.getIntVal();
    }
    String text = duration.getStrVal();
    try {
      if (SECONDS.matcher(text).matches()) {
        return Integer.parseInt(text);
      }
      return Math.clamp(
          parse(text).toNanos() / 1_000_000_000, Integer.MIN_VALUE, Integer.MAX_VALUE);
    } catch (IllegalArgumentException unreadable) {
      return -1;
    }
  }

  /** In floating point and with no more digits than fit 63 bits, to be off exactly where Go is. */
  private static long fraction(String digits, long unit) {
    if (isEmpty(digits)) {
      return 0;
    }
    long number = 0;
    double scale = 1;
    for (int i = 0; i < digits.length() && number <= (Long.MAX_VALUE - 9) / 10; i++) {
      number = number * 10 + digits.charAt(i) - '0';
      scale *= 10;
    }
    return (long) (number * (unit / scale));
  }

  private static long unit(String name, String text) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("time: missing unit in duration " + quoted(text));
    }
    Long unit = NANOSECONDS.get(name);
    if (unit == null) {
      throw new IllegalArgumentException(
          "time: unknown unit " + quoted(name) + " in duration " + quoted(text));
    }
    return unit;
  }

  private static boolean isEmpty(String group) {
    return group == null || group.isEmpty();
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
