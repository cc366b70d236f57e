package dev.sluice.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Topics;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicSettingsTest {

  private final Map<String, NewTopic> topics =
      TopicSettings.all(6, (short) 3).stream()
          .collect(Collectors.toMap(NewTopic::name, Function.identity()));

  @Test
  void everyTopicHasADeadLetterTopicOfTheSameShape() {
    assertThat(topics).hasSize(2 * Topics.ALL.size());
    assertThat(Topics.ALL)
        .allSatisfy(topic -> {
          assertThat(topics).containsKey(topic.name());
          assertThat(configuration(Topics.deadLetter(topic.name())))
              .containsEntry("cleanup.policy", "delete")
              .containsEntry("retention.ms", "2592000000");
        });
    assertThat(topics.values())
        .allSatisfy(topic -> {
          assertThat(topic.numPartitions()).isEqualTo(6);
          assertThat(topic.replicationFactor()).isEqualTo((short) 3);
        });
  }

  @Test
  void theLogIsKeptForEverAndFullStatesOnlyInTheirLastForm() {
    assertThat(configuration(Topics.ROLLOUT_EVENTS)).containsEntry("retention.ms", "-1");
    assertThat(configuration(Topics.TRAFFIC_DESIRED))
        .isEqualTo(Map.of("cleanup.policy", "compact"));
    assertThat(configuration(Topics.TRAFFIC_APPLIED)).containsEntry("retention.ms", "604800000");
  }

  private Map<String, String> configuration(String topic) {
    return topics.get(topic).configs();
  }
}
