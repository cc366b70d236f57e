package dev.sluice.orchestrator.kubernetes.specification;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The metric providers that an installation lets be asked. Who is not listed is refused before a
 * canary pod exists, not when the first question fails.
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
