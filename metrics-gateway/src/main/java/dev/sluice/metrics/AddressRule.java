package dev.sluice.metrics;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Which addresses a listed name may stand for. A name is looked up elsewhere than it was listed:
 * without this rule, whoever answers for the name could turn our questions to this machine or to
 * the cloud's metadata service.
 */
public final class AddressRule {

  private AddressRule() {}

  /** Why the endpoint must not be asked at this address; empty where it may. */
  public static Optional<String> objection(Endpoint endpoint, InetAddress found) {
    if (found.isLoopbackAddress() && !endpoint.isLoopback()) {
      return Optional.of("its name stands for this machine, which was not listed as such");
    }
    if (found.isLinkLocalAddress() || found.isAnyLocalAddress() || found.isMulticastAddress()) {
      return Optional.of(
          "its name stands for %s, which is no provider's".formatted(found.getHostAddress()));
    }
    return Optional.empty();
  }
}
