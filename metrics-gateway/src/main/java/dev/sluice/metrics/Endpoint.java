package dev.sluice.metrics;

import java.net.URI;

/**
 * A metric provider that may be asked.
 *
 * @param address as users write it, normalised; the endpoint's name in counters and messages
 * @param target where it really is; the same as {@code address} unless it is mapped
 */
public record Endpoint(URI address, URI target) {

  /** The name in counters and messages; holds no credentials. */
  public String name() {
    return address.toString();
  }

  /** Whether the operator listed this machine itself. */
  public boolean isLoopback() {
    String host = target.getHost();
    return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
  }
}
