package dev.sluice.orchestrator.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Since when the API server does not answer. While it does not, decisions go on, and what they ask
 * of the cluster is written when it is back.
 */
public final class Reachability {

  private static final Logger LOG = Logger.getLogger(Reachability.class);

  private static final Duration REPEATED = Duration.ofSeconds(30);

  private final InstantSource clock;
  private Outage outage;
  private Instant said = Instant.EPOCH;

  Reachability(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The API server cannot be reached.
   *
   * @param since the first failure
   * @param message of the last failure
   */
  public record Outage(Instant since, String message) {}

  /** What is wrong now; empty if nothing is. */
  public synchronized Optional<Outage> outage() {
    return Optional.ofNullable(outage);
  }

  synchronized void failed(String what, Throwable cause) {
    Instant now = clock.instant();
    Instant since = outage == null ? now : outage.since();
    outage = new Outage(since, what + ": " + cause.getMessage());
    if (since.equals(now) || said.plus(REPEATED).isBefore(now)) {
      said = now;
      LOG.warnf("the API server does not answer since %s: %s", since, outage.message());
    }
  }

  synchronized void answered() {
    if (outage != null) {
      LOG.infof("the API server answers again; it did not since %s", outage.since());
      outage = null;
    }
  }
}
