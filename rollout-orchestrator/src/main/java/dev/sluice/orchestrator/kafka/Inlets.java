package dev.sluice.orchestrator.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Keeps an {@link Inlet} running: one that broke is replaced. */
@ApplicationScoped
class Inlets {

  private static final Logger LOG = Logger.getLogger(Inlets.class);
  private static final String GROUP = "rollout-orchestrator";
  private static final Duration REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final Clients clients;
  private final Delivery delivery;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Inlet current;
  private Thread thread;

  @Inject
  Inlets(Clients clients, Delivery delivery) {
    this.clients = clients;
    this.delivery = delivery;
  }

  void start(@Observes @Priority(Start.CONSUMERS) StartupEvent event) {
    thread = Thread.ofPlatform().name("inlet").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped.countDown();
    Inlet inlet = current;
    if (inlet != null) {
      inlet.stop();
    }
    thread.join(LONGEST_STOP);
  }

  /** The one that reads now; null while there is none. */
  Inlet current() {
    return current;
  }

  private void run() {
    try {
      do {
        try {
          current = new Inlet(clients.consumer(GROUP), delivery);
          current.run();
        } catch (RuntimeException e) {
          LOG.warnf("reading starts again: %s", e);
        }
        current = null;
      } while (!stopped.await(REST.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
