package dev.sluice.analysis.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes Kafka clients. What correctness rests on is set here and cannot be configured away. */
public final class Clients {

  /** All workers of an installation. */
  static final String GROUP = "analysis-worker";

  /** After this a worker that fell silent has lost its partitions. */
  private static final Duration SESSION = Duration.ofSeconds(6);

  /** How long a call waits for a broker before the partition starts over. */
  private static final Duration BLOCKED = Duration.ofSeconds(15);

  private final Map<String, Object> connection;

  /**
   * Prepares; connects to nothing yet.
   *
   * @param connection {@code bootstrap.servers} and, where needed, security settings
   */
  public Clients(Map<String, ?> connection) {
    this.connection = Map.copyOf(connection);
  }

  /** The member of the group that subscribes to what is desired. */
  Consumer<String, byte[]> member() {
    Map<String, Object> settings = reading();
    // Partitions that stay are not disturbed when another worker comes or goes.
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis());
    settings.putIfAbsent(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) SESSION.dividedBy(3).toMillis());
    return consumer(settings);
  }

  /** Reads partitions that are assigned by hand; no member of the group. */
  Consumer<String, byte[]> reader() {
    return consumer(reading());
  }

  /** The one that may write for a partition: opening it fences whoever had it before. */
  Producer<String, byte[]> writer(int partition) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, GROUP + "-" + partition);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED.toMillis());
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> reading() {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) BLOCKED.toMillis());
    return settings;
  }

  private static Consumer<String, byte[]> consumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
