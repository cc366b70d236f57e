package dev.sluice.devkit.edge;

import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * When a request goes to the canary: header, then cookie, then weight, as ingress-nginx decides
 * ({@code rootfs/etc/nginx/lua/balancer.lua}, {@code route_to_alternative_balancer}).
 *
 * @param weight in parts of the total
 * @param total at least 100
 * @param header name; empty if none
 * @param headerValue empty if none
 * @param headerPattern empty if none
 * @param cookie name; empty if none
 */
record CanaryRule(
    int weight, int total, String header, String headerValue, String headerPattern, String cookie) {

  static final String PREFIX = "nginx.ingress.kubernetes.io/";
  private static final int DEFAULT_TOTAL = 100;

  /** Whether the annotations make an Ingress a canary. */
  static boolean isCanary(Map<String, String> annotations) {
    return "true".equals(annotations.get(PREFIX + "canary"));
  }

  /** A bad weight counts as 0; a bad total, and one below 100, as 100. */
  static CanaryRule of(Map<String, String> annotations) {
    return new CanaryRule(
        number(annotations, "canary-weight", 0),
        Math.max(DEFAULT_TOTAL, number(annotations, "canary-weight-total", DEFAULT_TOTAL)),
        annotations.getOrDefault(PREFIX + "canary-by-header", ""),
        annotations.getOrDefault(PREFIX + "canary-by-header-value", ""),
        annotations.getOrDefault(PREFIX + "canary-by-header-pattern", ""),
        annotations.getOrDefault(PREFIX + "canary-by-cookie", ""));
  }

  /**
   * @param headers a header's value by its name, or null
   * @param cookies a cookie's value by its name, or null
   * @param random a number from 1 to its argument, each as likely as the others
   */
  boolean picks(
      UnaryOperator<String> headers, UnaryOperator<String> cookies, IntUnaryOperator random) {
    String value = header.isEmpty() ? null : headers.apply(header);
    if (value != null) {
      if (!headerValue.isEmpty()) {
        // Any other value falls through, "always" and "never" included.
        if (value.equals(headerValue)) {
          return true;
        }
      } else if (!headerPattern.isEmpty()) {
        if (matches(value)) {
          return true;
        }
      } else if (value.equals("always")) {
        return true;
      } else if (value.equals("never")) {
        return false;
      }
    }
    String crumb = cookie.isEmpty() ? null : cookies.apply(cookie);
    if ("always".equals(crumb)) {
      return true;
    }
    if ("never".equals(crumb)) {
      return false;
    }
    return random.applyAsInt(total) <= weight;
  }

  private boolean matches(String value) {
    try {
      return Pattern.compile(headerPattern).matcher(value).find();
    } catch (PatternSyntaxException neverMatches) {
      return false;
    }
  }

  private static int number(Map<String, String> annotations, String key, int otherwise) {
    try {
      return Integer.parseInt(annotations.getOrDefault(PREFIX + key, "" + otherwise));
    } catch (NumberFormatException bad) {
      return otherwise;
    }
  }
}
