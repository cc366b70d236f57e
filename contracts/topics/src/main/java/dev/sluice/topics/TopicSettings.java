package dev.sluice.topics;

import dev.sluice.events.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/** How {@link Topics} are created on a broker. */
final class TopicSettings {

  private static final Duration DEAD_LETTERS = Duration.ofDays(30);

  private final int partitions;
  private final short replication;

  private TopicSettings(int partitions, short replication) {
    this.partitions = partitions;
    this.replication = replication;
  }

  /** Every topic and its dead-letter topic. */
  static List<NewTopic> all(int partitions, short replication) {
    var settings = new TopicSettings(partitions, replication);
    var topics = new ArrayList<NewTopic>();
    for (Topics.Topic topic : Topics.ALL) {
      topics.add(settings.topic(topic.name(), topic.keeping()));
      topics.add(
          settings.topic(
              Topics.deadLetter(topic.name()), new Topics.Keeping.Retained(DEAD_LETTERS)));
    }
    return topics;
  }

  private NewTopic topic(String name, Topics.Keeping keeping) {
    return new NewTopic(name, partitions, replication).configs(configuration(keeping));
  }

  private static Map<String, String> configuration(Topics.Keeping keeping) {
    return switch (keeping) {
      case Topics.Keeping.Retained(Duration time) ->
          Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(time.toMillis()));
      case Topics.Keeping.Forever() -> Map.of("cleanup.policy", "delete", "retention.ms", "-1");
      case Topics.Keeping.Compacted() -> Map.of("cleanup.policy", "compact");
    };
  }
}
