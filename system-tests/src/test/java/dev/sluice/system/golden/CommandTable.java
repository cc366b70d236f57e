package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.events.Envelope;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.RolloutCommand;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.Topics;
import dev.sluice.system.golden.CommandRow.Doing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every command, both ways: as the patch that the kubectl plugin sends, and on {@code
 * rollout.commands}. All rows are played at the same time, in namespaces of their own.
 */
final class CommandTable implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PARALLEL = 5;
  private static final String ROLLOUT = "app";

  private final ExecutorService players = Executors.newFixedThreadPool(PARALLEL);
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
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** One test for each row. */
  Stream<DynamicTest> tests() {
    List<DynamicTest> tests = new ArrayList<>();
    for (CommandRow row : CommandRow.all(stage.provider())) {
      String namespace = "command-" + (tests.size() + 1);
      Future<List<String>> troubles = players.submit(() -> play(namespace, row));
      tests.add(dynamicTest(row.name(), () -> check(namespace, row, troubles)));
    }
    return tests.stream();
  }

  private List<String> play(String namespace, CommandRow row)
      throws InterruptedException, ExecutionException {
    Player player = stage.player(new Scenario(namespace, row.objects(), List.of(), null));
    player.begin();
    for (Doing doing : row.doings()) {
      switch (doing) {
        case Doing.Play(Input input) -> player.play(input);
        case Doing.Send send when send.isAboutTheNewestRun() ->
            send(send.about(player.newestRun()).to(uid(namespace)));
        case Doing.Send send -> send(send.to(uid(namespace)));
      }
    }
    return player.troubles();
  }

  private void send(RolloutCommand command) throws InterruptedException, ExecutionException {
    Envelope envelope = new Envelope(command.id(), URI.create("/commands"), command.at(), null);
    producer.send(MessageCodec.encode(Topics.ROLLOUT_COMMANDS, command, envelope)).get();
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

  private void check(String namespace, CommandRow row, Future<List<String>> troubles)
      throws InterruptedException, ExecutionException {
    assertThat(troubles.get()).as("troubles while it was played").isEmpty();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(answers(namespace))
                .zipSatisfy(
                    row.answers(), (answer, expected) -> assertThat(answer).matches(expected)));
  }

  private List<String> answers(String namespace) {
    return TopicLog.read(bootstrapServers()).all(RolloutEvent.class).stream()
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

  private String bootstrapServers() {
    return stage.installation().kafka().bootstrapServers();
  }

  @Override
  public void close() {
    players.shutdownNow();
    producer.close();
    stage.close();
  }
}
