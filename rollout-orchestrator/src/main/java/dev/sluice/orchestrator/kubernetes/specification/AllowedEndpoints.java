package dev.sluice.orchestrator.kubernetes.specification;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The metric providers and step plugins that an installation lets be asked. Who is not listed is
 * refused before a canary pod exists, not when the first question fails.
 */
public final class AllowedEndpoints {

  private final Set<String> addresses;

  private AllowedEndpoints(Set<String> addresses) {
    this.addresses = addresses;
  }

  /**
   * Reads the setting.
   *
   * @param entries each {@code URL} or {@code URL=URL}: as users write it, and where it really is
   */
  public static AllowedEndpoints of(List<String> entries) {
    return new AllowedEndpoints(
        entries.stream()
            .map(String::strip)
            .map(entry -> entry.contains("=") ? entry.substring(0, entry.indexOf('=')) : entry)
            .map(AllowedEndpoints::normal)
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean allow(String address) {
    return addresses.contains(normal(address));
  }

  /** Whether it, or a path above it, is listed. */
  boolean cover(String address) {
    String wanted = normal(address);
    return addresses.stream()
        .anyMatch(listed -> wanted.equals(listed) || wanted.startsWith(listed + "/"));
  }

  /** Whether it is an address, and one that can be read in one way only. */
  static boolean isPlain(String text) {
    if (!isAddress(text)) {
      return false;
    }
    URI uri = URI.create(text);
    String path = uri.getRawPath();
    return uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null
        && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")
        && !path.contains("%")
        && !path.contains("..")
        && !path.contains(";");
  }

  /** Whether it has a scheme and a host, as a provider's address must. */
  static boolean isAddress(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getScheme() != null && uri.getHost() != null;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static String normal(String address) {
    return address.replaceFirst("/+$", "").toLowerCase(Locale.ROOT);
  }
}
