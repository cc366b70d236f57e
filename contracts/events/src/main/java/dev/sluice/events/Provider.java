package dev.sluice.events;

import java.time.Duration;

/** Where a metric's value comes from. Arguments are already filled in; secrets are not in here. */
public sealed interface Provider {

  /**
   * A Prometheus server, asked by an instant query.
   *
   * @param address scheme, host and port as the user wrote them; the gateway maps it to where it
   *     really is
   * @param query PromQL
   * @param timeout for one query
   */
  record Prometheus(String address, String query, Duration timeout) implements Provider {}
}
