package dev.sluice.analysis.kafka;

import dev.sluice.events.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What stands in partition i of desired and of progress: the last record of each key, tombstones
 * too. Read after the partition was taken over, so that nobody adds to the progress meanwhile.
 *
 * @param desired by run, in the order of the topic
 * @param progress by run
 * @param end the first offset of desired that is not in here
 * @param deadLettersFrom offset before which unreadable messages are on the dead-letter topic
 */
record History(
    Map<String, ConsumerRecord<String, byte[]>> desired,
    Map<String, ConsumerRecord<String, byte[]>> progress,
    long end,
    long deadLettersFrom) {

  private static final Duration POLL = Duration.ofMillis(500);

  /**
   * Reads both to their current end.
   *
   * @param stopped whether nobody wants it any more
   * @throws CancellationException as soon as it is so
   */
  static History read(Clients clients, int partition, BooleanSupplier stopped) {
    TopicPartition desired = new TopicPartition(Topics.ANALYSIS_DESIRED, partition);
    TopicPartition progress = new TopicPartition(Topics.ANALYSIS_PROGRESS, partition);
    try (Consumer<String, byte[]> consumer = clients.reader()) {
      requireSamePartitions(consumer);
      consumer.assign(List.of(desired, progress));
      consumer.seekToBeginning(List.of(desired, progress));
      Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(desired, progress));
      Map<TopicPartition, Map<String, ConsumerRecord<String, byte[]>>> last =
          Map.of(desired, new LinkedHashMap<>(), progress, new LinkedHashMap<>());
      while (isBefore(consumer, ends)) {
        if (stopped.getAsBoolean()) {
          throw new CancellationException("stopped while reading partition " + partition);
        }
        for (ConsumerRecord<String, byte[]> each : consumer.poll(POLL)) {
          Map<String, ConsumerRecord<String, byte[]>> records =
              last.get(new TopicPartition(each.topic(), each.partition()));
          records.remove(each.key());
          records.put(each.key(), each);
        }
      }
      long end = consumer.position(desired);
      return new History(last.get(desired), last.get(progress), end, mark(consumer, desired));
    }
  }

  private static boolean isBefore(
      Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  private static long mark(Consumer<String, byte[]> consumer, TopicPartition desired) {
    OffsetAndMetadata committed = consumer.committed(Set.of(desired)).get(desired);
    return committed == null ? 0 : committed.offset();
  }

  private static void requireSamePartitions(Consumer<String, byte[]> consumer) {
    int desired = consumer.partitionsFor(Topics.ANALYSIS_DESIRED).size();
    int progress = consumer.partitionsFor(Topics.ANALYSIS_PROGRESS).size();
    if (desired != progress) {
      throw new IllegalStateException(
          "%s has %d partitions and %s has %d: create both with the same number"
              .formatted(Topics.ANALYSIS_DESIRED, desired, Topics.ANALYSIS_PROGRESS, progress));
    }
  }
}
