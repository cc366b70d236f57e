package dev.sluice.orchestrator.world;

import dev.sluice.orchestrator.world.TopicWriter.Place;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** How far records were read for good, as the broker knows it. */
public final class Acknowledged implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String group;
  private final Admin admin =
      Admin.create(Map.of("bootstrap.servers", (Object) Neighbours.kafka().bootstrapServers()));

  /** By the instances of the service. */
  public Acknowledged() {
    this("rollout-orchestrator");
  }

  /** By a group of readers. */
  public Acknowledged(String group) {
    this.group = group;
  }

  /** Whether this record, and so all before it, would not be read again after a crash. */
  public boolean has(Place place) {
    return next(place.partition()) > place.offset();
  }

  /** Waits until the record needs no more attention. */
  public void await(Place place) {
    Awaitility.await()
        .alias("acknowledged: " + place)
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> has(place));
  }

  private long next(TopicPartition partition) {
    try {
      OffsetAndMetadata committed =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(partition);
      return committed == null ? 0 : committed.offset();
    } catch (Exception e) {
      throw new AssertionError("the broker does not say how far " + group + " is", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
