package dev.sluice.orchestrator.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Says what does not work and since when: at first, and then at every doubling. */
final class FailureLog implements WorkQueue.Failures<Object> {

  private static final Logger LOG = Logger.getLogger(FailureLog.class);

  // Two writers meet now and then; the second tries again.
  private static final int QUIET_CONFLICTS = 8;

  private final InstantSource clock;
  private final Map<Object, Instant> since = new ConcurrentHashMap<>();

  FailureLog(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void failed(Object key, int times, Exception cause) {
    Instant first = since.computeIfAbsent(key, _ -> clock.instant());
    boolean quiet = cause instanceof Writes.Conflict && times < QUIET_CONFLICTS;
    if (quiet || Integer.bitCount(times) != 1) {
      LOG.debugf(cause, "%s: attempt %d", key, times);
    } else if (isUnexpected(cause) && times == 1) {
      LOG.warnf(cause, "%s: fails since %s", key, first);
    } else {
      LOG.warnf("%s: fails since %s (%d times): %s", key, first, times, cause);
    }
  }

  // A neighbour that is down needs no stack trace.
  private static boolean isUnexpected(Exception cause) {
    return cause instanceof RuntimeException && !(cause instanceof KubernetesClientException);
  }

  @Override
  public void succeeded(Object key, int failuresBefore) {
    Instant first = since.remove(key);
    if (failuresBefore >= QUIET_CONFLICTS) {
      LOG.infof("%s: works again; it failed %d times since %s", key, failuresBefore, first);
    }
  }
}
