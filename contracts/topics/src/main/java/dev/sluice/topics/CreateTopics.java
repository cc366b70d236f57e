package dev.sluice.topics;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A program that creates all topics once, and ends. Its settings come from the environment. */
public final class CreateTopics {

  /** The broker's address. */
  public static final String BOOTSTRAP_SERVERS = "KAFKA_BOOTSTRAP_SERVERS";

  /** Of each topic; {@value #DEFAULT_PARTITIONS} where it is not set. */
  public static final String PARTITIONS = "SLUICE_TOPICS_PARTITIONS";

  /** How many brokers keep each record; 1 where it is not set. */
  public static final String REPLICATION = "SLUICE_TOPICS_REPLICATION";

  private static final String DEFAULT_PARTITIONS = "12";

  private CreateTopics() {}

  public static void main(String[] arguments) throws InterruptedException {
    Logger.getLogger("").setLevel(Level.WARNING);
    var environment = System.getenv();
    String servers = environment.get(BOOTSTRAP_SERVERS);
    if (servers == null || servers.isBlank()) {
      System.err.println(BOOTSTRAP_SERVERS + " is not set: which Kafka shall have the topics?");
      System.exit(2);
    }
    int partitions = Integer.parseInt(environment.getOrDefault(PARTITIONS, DEFAULT_PARTITIONS));
    short replication = Short.parseShort(environment.getOrDefault(REPLICATION, "1"));
    Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    try (var admin = Admin.create(settings)) {
      var created = new BrokerTopics(admin).createAll(partitions, replication);
      System.out.println(
          created.isEmpty() ? "All topics are there." : "Created " + String.join(", ", created));
    }
  }
}
