package dev.sluice.analysis.kafka;

import dev.sluice.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a partition has decided, one transaction after the other. Any exception means that the
 * outcome is unknown or that the partition is somebody else's: close it, and read what is there.
 */
final class Ledger implements AutoCloseable {

  private final int partition;
  private final Producer<String, byte[]> producer;

  private Ledger(int partition, Producer<String, byte[]> producer) {
    this.partition = partition;
    this.producer = producer;
  }

  /**
   * Takes the partition over: what an earlier owner left open is aborted, and nothing of it can be
   * written any more.
   */
  static Ledger open(Clients clients, int partition) {
    Producer<String, byte[]> producer = clients.writer(partition);
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
    return new Ledger(partition, producer);
  }

  /**
   * All or nothing; committed when it returns.
   *
   * @param deadLettersTo offset before which nothing of the desired topic is dead-lettered again
   */
  void commit(List<ProducerRecord<String, byte[]>> records, OptionalLong deadLettersTo) {
    producer.beginTransaction();
    records.forEach(producer::send);
    deadLettersTo.ifPresent(offset ->
        producer.sendOffsetsToTransaction(
            Map.of(
                new TopicPartition(Topics.ANALYSIS_DESIRED, partition),
                new OffsetAndMetadata(offset)),
            new ConsumerGroupMetadata(Clients.GROUP)));
    producer.commitTransaction();
  }

  @Override
  public void close() {
    // What is not committed by now is not to be waited for: it will be found out by reading.
    producer.close(Duration.ZERO);
  }
}
