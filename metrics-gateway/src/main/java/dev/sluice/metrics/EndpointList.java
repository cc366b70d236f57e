package dev.sluice.metrics;

import java.net.URI;
import java.util.Comparator;
import java.util.List;

/** The providers that may be asked, and where they really are. Nobody else is ever asked. */
public final class EndpointList {

  private final List<Endpoint> endpoints;

  private EndpointList(List<Endpoint> endpoints) {
    // The longest path wins where one entry lies below another.
    this.endpoints =
        endpoints.stream()
            .sorted(Comparator.comparingInt((Endpoint e) -> -e.address().getRawPath().length()))
            .toList();
  }

  /** What the list says of an address. */
  public sealed interface Resolution {

    /**
     * It may be asked.
     *
     * @param endpoint the entry that covers it
     * @param target where to send the question: the entry's target and the rest of the path
     */
    record Allowed(Endpoint endpoint, URI target) implements Resolution {}

    /** It may not; the message says how to change that. */
    record Refused(String message) implements Resolution {}
  }

  /**
   * Reads entries of the form {@code URL} or {@code URL=URL}: as users write it, and where it is.
   *
   * @throws IllegalArgumentException naming the entry and what is wrong with it
   */
  public static EndpointList of(List<String> entries) {
    return new EndpointList(entries.stream().map(EndpointList::entry).toList());
  }

  /** All entries. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Looks an address up, as it stands in a metric. */
  public Resolution resolve(String address) {
    URI wanted;
    try {
      wanted = Address.normalised(address);
    } catch (IllegalArgumentException e) {
      return new Resolution.Refused("the metric's address " + e.getMessage());
    }
    for (Endpoint endpoint : endpoints) {
      if (Address.isWithin(wanted, endpoint.address())) {
        String rest = wanted.getRawPath().substring(endpoint.address().getRawPath().length());
        return new Resolution.Allowed(endpoint, URI.create(endpoint.target() + rest));
      }
    }
    return new Resolution.Refused(
        "%s is not an allowed endpoint: add --allow-endpoint %s (sluice.allow-endpoint)"
            .formatted(wanted, wanted));
  }

  private static Endpoint entry(String entry) {
    try {
      int mapped = entry.indexOf('=');
      URI address = Address.normalised(mapped < 0 ? entry : entry.substring(0, mapped));
      return new Endpoint(
          address, mapped < 0 ? address : Address.normalised(entry.substring(mapped + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "sluice.allow-endpoint: '%s' %s"
              .formatted(entry.replaceAll("//[^/@]*@", "//***@"), e.getMessage()),
          e);
    }
  }
}
