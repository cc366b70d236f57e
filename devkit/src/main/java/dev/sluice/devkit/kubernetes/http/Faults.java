package dev.sluice.devkit.kubernetes.http;

import java.time.Duration;

/** What tests may make the server do wrong. */
public interface Faults {
  /** Every answer waits this long; zero ends it. */
  void latency(Duration latency);

  /** Closes the port and all connections: new ones are refused until {@link #accept()}. */
  void refuse();

  /** Opens the same port again. */
  void accept();

  /** Ends all watch streams at once; clients are expected to come back. */
  void dropWatches();
}
