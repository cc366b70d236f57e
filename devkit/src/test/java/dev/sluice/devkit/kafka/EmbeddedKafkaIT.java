package dev.sluice.devkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

  private static final String TOPIC = "parcels";

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start(folder);
    kafka.createTopic(TOPIC, 1);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void keepsTopicsAsTheContractSays() throws Exception {
    kafka.createTopics(3);
    kafka.createTopics(3); // those that exist are left alone
    try (var admin = admin()) {
      var events = new ConfigResource(ConfigResource.Type.TOPIC, Topics.ROLLOUT_EVENTS);
      var desired = new ConfigResource(ConfigResource.Type.TOPIC, Topics.TRAFFIC_DESIRED);
      var configs = admin.describeConfigs(List.of(events, desired)).all().get();
      assertThat(configs.get(events).get("retention.ms").value()).isEqualTo("-1");
      assertThat(configs.get(desired).get("cleanup.policy").value()).isEqualTo("compact");
      var names = Topics.ALL.stream().map(Topics.Topic::name).toList();
      assertThat(admin.describeTopics(names).allTopicNames().get().values())
          .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(3));
      assertThat(admin.listTopics().names().get())
          .contains(Topics.deadLetter(Topics.ANALYSIS_VERDICTS));
    }
  }

  @Test
  void keepsWhatWasAcknowledgedOverAKill() throws Exception {
    String address = kafka.bootstrapServers();
    send("kept");

    kafka.kill();
    kafka.restart();

    assertThat(kafka.bootstrapServers()).isEqualTo(address);
    assertThat(read()).contains("kept");
  }

  @Test
  void answersNobodyWhilePaused() throws Exception {
    kafka.pause();
    try {
      assertThatThrownBy(() -> send("late"))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    } finally {
      kafka.resume();
    }
    send("after");
    assertThat(read()).contains("after");
  }

  private static void send(String value) throws Exception {
    var settings =
        Map.<String, Object>of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2_000,
            ProducerConfig.LINGER_MS_CONFIG, 0);
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
    }
  }

  private static List<String> read() {
    var settings =
        Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      var partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      var values = new java.util.ArrayList<String>();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }

  private static Admin admin() {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) kafka.bootstrapServers()));
  }
}
