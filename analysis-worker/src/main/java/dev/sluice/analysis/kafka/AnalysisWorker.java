package dev.sluice.analysis.kafka;

import dev.sluice.analysis.Gateway;
import dev.sluice.analysis.Tally;
import dev.sluice.events.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * One worker: a member of the group that shares {@code analysis.desired}. Each partition that it is
 * given gets a {@link PartitionWorker}; what is desired is handed on to that.
 */
public final class AnalysisWorker implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(AnalysisWorker.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(2);

  /** A partition that another one waits for is let go within this. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Surroundings surroundings;
  private final Map<Integer, PartitionWorker> partitions = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile Consumer<String, byte[]> member;
  private volatile boolean joined;
  private volatile boolean stopped;

  private AnalysisWorker(Surroundings surroundings) {
    this.surroundings = surroundings;
    thread = Thread.ofPlatform().name("analysis-desired").unstarted(this::run);
  }

  /** Joins the group; comes back at once. */
  public static AnalysisWorker start(
      Clients clients, Gateway gateway, Tally tally, InstantSource clock) {
    AnalysisWorker worker = new AnalysisWorker(new Surroundings(clients, gateway, tally, clock));
    worker.thread.start();
    return worker;
  }

  /** Whether it is in the group, and has read each partition that it was given, if any. */
  public boolean isReady() {
    return joined && partitions.values().stream().allMatch(PartitionWorker::isReady);
  }

  /** The partitions that it was given. */
  public List<Integer> partitions() {
    return partitions.keySet().stream().sorted().toList();
  }

  /** Leaves the group, so that others take over at once. */
  @Override
  public void close() {
    stopped = true;
    Consumer<String, byte[]> current = member;
    if (current != null) {
      current.wakeup();
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopped) {
      try (Consumer<String, byte[]> consumer = surroundings.clients().member()) {
        member = consumer;
        consumer.subscribe(List.of(Topics.ANALYSIS_DESIRED), new Assignment());
        while (!stopped) {
          for (ConsumerRecord<String, byte[]> each : consumer.poll(POLL)) {
            partitions.get(each.partition()).desired(each);
          }
        }
      } catch (WakeupException e) {
        LOG.debug("Woken to stop", e);
      } catch (RuntimeException e) {
        LOG.warn("Joins the group again", e);
        pause();
      } finally {
        joined = false;
        drop(partitions.keySet());
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException _) {
      stopped = true;
    }
  }

  private void drop(Collection<Integer> gone) {
    List<PartitionWorker> dropped =
        List.copyOf(gone).stream().map(partitions::remove).filter(Objects::nonNull).toList();
    dropped.forEach(PartitionWorker::stop);
    dropped.forEach(worker -> worker.awaitEnd(PATIENCE));
  }

  /** Calls no broker: what is to be read is read on the partition's own thread. */
  private final class Assignment implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> given) {
      for (TopicPartition each : given) {
        partitions.computeIfAbsent(
            each.partition(), partition -> PartitionWorker.start(partition, surroundings));
      }
      joined = true;
      LOG.infof("Partitions %s", partitions());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> gone) {
      drop(gone.stream().map(TopicPartition::partition).toList());
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> gone) {
      joined = false;
      onPartitionsRevoked(gone);
    }
  }
}
