package dev.sluice.analysis.kafka;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jboss.logging.Logger;

/**
 * One partition's runs, on a thread of their own: take it over, read what is there, work. Whenever
 * a commit is in doubt, it starts over: what was committed is read, what was not is asked again
 * with the same time.
 */
final class PartitionWorker {

  private static final Logger LOG = Logger.getLogger(PartitionWorker.class);

  /** Between two attempts while Kafka is not well. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  /**
   * After somebody else took the partition: by then a member that lost it has been told so, and
   * does not take it back.
   */
  private static final Duration FENCED = Duration.ofSeconds(6);

  private final int partition;
  private final Surroundings surroundings;
  private final Inbox inbox = new Inbox();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean ready;

  private PartitionWorker(int partition, Surroundings surroundings) {
    this.partition = partition;
    this.surroundings = surroundings;
    thread = Thread.ofPlatform().daemon().name("analysis-" + partition).unstarted(this::run);
  }

  static PartitionWorker start(int partition, Surroundings surroundings) {
    PartitionWorker worker = new PartitionWorker(partition, surroundings);
    worker.thread.start();
    return worker;
  }

  /** Whether both topics were read to their end and ticks are asked. */
  boolean isReady() {
    return ready;
  }

  void desired(ConsumerRecord<String, byte[]> record) {
    inbox.add(new Inbox.Input.Desired(record));
  }

  /** Begins no transaction any more. */
  void stop() {
    stop.countDown();
    inbox.add(new Inbox.Input.Look());
  }

  /** Waits for a transaction that is under way; breaks it off after that time. */
  void awaitEnd(Duration patience) {
    try {
      if (!thread.join(patience)) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopped() {
    return stop.getCount() == 0;
  }

  private void run() {
    while (!isStopped()) {
      try {
        own();
      } catch (InterruptedException | InterruptException | CancellationException _) {
        return; // Stopped; only awaitEnd interrupts.
      } catch (RuntimeException e) {
        ready = false;
        boolean fenced = isFenced(e);
        LOG.warnf(
            fenced ? null : e,
            "Partition %d %s: %s",
            partition,
            fenced ? "was taken over" : "starts over from what was recorded",
            e.getMessage());
        if (isStoppedWithin(fenced ? FENCED : RETRY)) {
          return;
        }
      } finally {
        ready = false;
      }
    }
  }

  private void own() throws InterruptedException {
    try (Ledger ledger = Ledger.open(surroundings.clients(), partition)) {
      History history = History.read(surroundings.clients(), partition, this::isStopped);
      Shift shift = new Shift(partition, surroundings, inbox, ledger, history);
      LOG.infof("Partition %d: %d runs taken over", partition, shift.size());
      ready = true;
      while (!isStopped()) {
        shift.next();
      }
    }
  }

  private boolean isStoppedWithin(Duration time) {
    try {
      return stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      return true;
    }
  }

  private static boolean isFenced(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof ProducerFencedException
          || each instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }
}
