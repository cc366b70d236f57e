package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.events.Envelope;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.RolloutCommand;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every command, both ways: as the patch that the kubectl plugin sends, and on {@code
 * rollout.commands}. A row of {@code commands.yaml} says what is sent, what the cluster then shows,
 * and how the log answers.
 */
final class CommandTable implements AutoCloseable {

  private static final Path ROWS = Path.of("src/test/resources/commands.yaml");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String ROLLOUT = "app";

  private final ExecutorService players = Executors.newFixedThreadPool(5);
  private final Stage stage;
  private final KafkaProducer<String, byte[]> producer;

  /**
   * Installs Sluice.
   *
   * @param folder for data and logs
   * @param kubeconfig of a cluster with the custom resource definitions
   */
  CommandTable(Path folder, Path kubeconfig) {
    stage = new Stage(folder, kubeconfig, "error");
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stage.installation().kafka().bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** One test for each row; all are played at the same time. */
  Stream<DynamicTest> tests() throws IOException {
    String text = Files.readString(ROWS).replace(Scenario.RECORDED_PROVIDER, stage.provider());
    JsonNode table = YAML.readTree(text);
    List<DynamicTest> tests = new ArrayList<>();
    int number = 0;
    for (JsonNode row : table.path("rows")) {
      String namespace = "command-" + ++number;
      Future<List<String>> troubles =
          players.submit(() -> play(namespace, table.path("objects").deepCopy(), row));
      tests.add(dynamicTest(row.path("row").asText(), () -> check(namespace, row, troubles)));
    }
    return tests.stream();
  }

  private List<String> play(String namespace, JsonNode objects, JsonNode row)
      throws InterruptedException, ExecutionException {
    List<ObjectNode> all = new ArrayList<>();
    objects.forEach(object -> all.add((ObjectNode) object));
    ObjectNode spec = (ObjectNode) all.getLast().path("spec");
    ((ObjectNode) spec.at("/strategy/canary")).set("steps", row.path("steps"));
    spec.setAll((ObjectNode) row.path("spec").deepCopy());
    Player player = stage.player(new Scenario(namespace, all, List.of(), null));
    player.begin();
    player.play(Input.of(yaml("{wait: {rollout: app, phase: Healthy, revision: 1}}")));
    for (JsonNode each : row.path("do")) {
      if (each.has("send")) {
        send(player, namespace, each.path("send"));
      } else {
        player.play(Input.of(each));
      }
    }
    return player.troubles();
  }

  private void send(Player player, String namespace, JsonNode command)
      throws InterruptedException, ExecutionException {
    ObjectNode message = command.deepCopy();
    if (message.at("/argument/name").asText().equals(Player.NEWEST_RUN)) {
      ((ObjectNode) message.get("argument")).put("name", player.newestRun());
    }
    message
        .put("id", command.path("id").asText(UUID.randomUUID().toString()))
        .put("uid", uid(namespace))
        .put("actor", "erika@example.com")
        .put("at", Instant.now().toString());
    RolloutCommand read = MessageCodec.mapper().convertValue(message, RolloutCommand.class);
    Envelope envelope = new Envelope(read.id(), URI.create("/commands"), read.at(), null);
    producer.send(MessageCodec.encode(Topics.ROLLOUT_COMMANDS, read, envelope)).get();
  }

  private String uid(String namespace) {
    return stage
        .client()
        .genericKubernetesResources(Kinds.of("rollout"))
        .inNamespace(namespace)
        .withName(ROLLOUT)
        .get()
        .getMetadata()
        .getUid();
  }

  private void check(String namespace, JsonNode row, Future<List<String>> troubles)
      throws InterruptedException, ExecutionException {
    assertThat(troubles.get()).as("troubles while it was played").isEmpty();
    List<String> answers = new ArrayList<>();
    row.path("answers").forEach(answer -> answers.add(answer.asText()));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          List<String> given = answers(namespace);
          assertThat(given).as("%s for %s", given, answers).hasSameSizeAs(answers);
          for (int i = 0; i < given.size(); i++) {
            assertThat(given.get(i)).matches(expression(answers.get(i)));
          }
        });
  }

  private static String expression(String answer) {
    return answer.startsWith("~") ? answer.substring(1) : Pattern.quote(answer);
  }

  private List<String> answers(String namespace) {
    return TopicLog.read(stage.installation().kafka().bootstrapServers())
        .all(RolloutEvent.class)
        .stream()
        .map(TopicLog.Line::message)
        .filter(event -> event.namespace().equals(namespace))
        .map(event -> answer(event.fact()))
        .filter(Objects::nonNull)
        .toList();
  }

  private static String answer(RolloutFact fact) {
    return switch (fact) {
      case RolloutFact.CommandAccepted(_, String command) -> "accepted " + command;
      case RolloutFact.CommandRejected(_, String command, String why) ->
          "rejected " + command + ": " + why;
      case RolloutFact.CommandSuperseded(_, String command, String why) ->
          "superseded " + command + ": " + why;
      case RolloutFact.SpecificationChanged(_, String change) -> "written " + change;
      case RolloutFact.SpecificationChangeDropped(_, String change, String why) ->
          "dropped " + change + ": " + why;
      default -> null;
    };
  }

  private static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  @Override
  public void close() {
    players.shutdownNow();
    producer.close();
    stage.close();
  }
}
