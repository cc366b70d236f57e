package dev.sluice.orchestrator.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.orchestrator.Outbox.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Publishes batches of a shard, each as one Kafka transaction. The transactional id is the shard's:
 * a predecessor that still believes to have the right is fenced by the broker.
 */
final class ShardPublisher implements AutoCloseable {

  private final Producer<String, byte[]> producer;
  private final Set<String> knownTopics = new HashSet<>();

  /** What became of a batch that did not break the producer. */
  sealed interface Result {

    /** All of it is published. */
    record Published() implements Result {}

    /** Nothing of it is published: this message cannot be. */
    record Refused(Waiting message, Exception why) implements Result {}

    /** Nothing of it is published: the right to publish is lost. */
    record Stopped() implements Result {}
  }

  /** Fences predecessors; throws a {@link KafkaException} where the broker is away. */
  ShardPublisher(Producer<String, byte[]> producer) {
    this.producer = producer;
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Publishes all or nothing.
   *
   * @param isAllowed asked once more right before the commit
   * @throws KafkaException where the outcome is unknown or the producer is of no use any more:
   *     close it, and take up the messages again with a new one
   */
  Result publish(List<Waiting> batch, BooleanSupplier isAllowed) {
    Optional<Result> unknownTopic = lookForTopics(batch);
    if (unknownTopic.isPresent()) {
      return unknownTopic.get();
    }
    producer.beginTransaction();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    batch.forEach(message -> sent.add(producer.send(record(message))));
    producer.flush();
    for (int i = 0; i < sent.size(); i++) {
      Exception failure = failure(sent.get(i));
      if (failure != null) {
        if (!isAboutTheRecord(failure)) {
          throw new KafkaException("sending failed", failure);
        }
        producer.abortTransaction();
        return new Result.Refused(batch.get(i), failure);
      }
    }
    if (!isAllowed.getAsBoolean()) {
      producer.abortTransaction();
      return new Result.Stopped();
    }
    producer.commitTransaction();
    return new Result.Published();
  }

  // A topic that does not exist would look like a broker that does not answer.
  private Optional<Result> lookForTopics(List<Waiting> batch) {
    for (Waiting message : batch) {
      if (!knownTopics.contains(message.topic())) {
        try {
          producer.partitionsFor(message.topic());
          knownTopics.add(message.topic());
        } catch (TimeoutException | InvalidTopicException | TopicAuthorizationException e) {
          return Optional.of(new Result.Refused(message, e));
        }
      }
    }
    return Optional.empty();
  }

  private static ProducerRecord<String, byte[]> record(Waiting message) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(message.topic(), message.key(), message.payload());
    message.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    return record;
  }

  private static Exception failure(Future<RecordMetadata> sent) {
    try {
      sent.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof Exception cause ? cause : e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    }
  }

  private static boolean isAboutTheRecord(Exception failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof RecordBatchTooLargeException
        || failure instanceof InvalidTopicException
        || failure instanceof UnknownTopicOrPartitionException
        || failure instanceof TopicAuthorizationException
        || failure instanceof CorruptRecordException;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
