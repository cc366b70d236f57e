package dev.sluice.devkit.kafka;

import dev.sluice.events.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/** How {@link Topics} are created on a broker. */
final class TopicSettings {

  private static final Duration DEAD_LETTERS = Duration.ofDays(30);

  private TopicSettings() {}

  /** Every topic and its dead-letter topic. */
  static List<NewTopic> all(int partitions) {
    var topics = new ArrayList<NewTopic>();
    for (Topics.Topic topic : Topics.ALL) {
      topics.add(topic(topic.name(), partitions, topic.keeping()));
      topics.add(
          topic(
              Topics.deadLetter(topic.name()),
              partitions,
              new Topics.Keeping.Retained(DEAD_LETTERS)));
    }
    return topics;
  }

  private static NewTopic topic(String name, int partitions, Topics.Keeping keeping) {
    return new NewTopic(name, partitions, (short) 1).configs(configuration(keeping));
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
