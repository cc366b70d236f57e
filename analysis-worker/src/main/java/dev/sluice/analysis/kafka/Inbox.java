package dev.sluice.analysis.kafka;

import dev.sluice.analysis.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What comes in for a partition, from any thread; taken out by the partition's own. */
final class Inbox {

  /** Taken out and committed together at most. */
  private static final int BATCH = 500;

  sealed interface Input {
    /** From the topic. */
    record Desired(ConsumerRecord<String, byte[]> record) implements Input {}

    /** From the gateway. */
    record Answered(String run, Signal.Answered signal) implements Input {}

    /** Look up: somebody wants it to stop. */
    record Look() implements Input {}
  }

  private final LinkedBlockingQueue<Input> inputs = new LinkedBlockingQueue<>();

  void add(Input input) {
    inputs.add(input);
  }

  /** What has come in; waits for the first, and comes back with nothing after that time. */
  List<Input> take(Duration patience) throws InterruptedException {
    List<Input> taken = new ArrayList<>();
    Input first = inputs.poll(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
    if (first != null) {
      taken.add(first);
      inputs.drainTo(taken, BATCH);
    }
    return taken;
  }
}
