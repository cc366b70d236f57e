package dev.sluice.orchestrator.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.devkit.faults.Fault;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.Fence;
import dev.sluice.events.ImagePushed;
import dev.sluice.events.Message;
import dev.sluice.events.RolloutCommand;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.Topics;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.TrafficDesired;
import dev.sluice.events.VerdictReached;
import dev.sluice.orchestrator.EventLog;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Intake.Taken;
import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.Step;
import dev.sluice.orchestrator.world.Acknowledged;
import dev.sluice.orchestrator.world.CommitCutter.Cut;
import dev.sluice.orchestrator.world.Inputs;
import dev.sluice.orchestrator.world.Neighbours;
import dev.sluice.orchestrator.world.TopicReader;
import dev.sluice.orchestrator.world.TopicWriter;
import dev.sluice.orchestrator.world.TopicWriter.Place;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class InletIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Inject Intake intake;
  @Inject EventLog log;
  @Inject Clients clients;
  @Inject Delivery delivery;
  @Inject MeterRegistry meters;

  @TestHTTPResource("/q/health/ready")
  URI readiness;

  private final Identity app = Inputs.newRollout();
  private final TopicWriter writer = new TopicWriter();
  private final Acknowledged acknowledged = new Acknowledged();

  @AfterEach
  void healAndDisconnect() {
    Neighbours.faults().set(Fault.PASS);
    writer.close();
    acknowledged.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Topics.TRAFFIC_APPLIED,
        Topics.ANALYSIS_VERDICTS,
        Topics.ROLLOUT_COMMANDS,
        Topics.REGISTRY_PUSHES
      })
  void whatNobodyCanReadIsPutAsideAndTheNextIsTaken(String topic) throws Exception {
    adopt();
    Message message = message(topic);
    ProducerRecord<String, byte[]> readable = TopicWriter.record(topic, message);
    byte[] half = Arrays.copyOf(readable.value(), readable.value().length / 2);
    writer.send(new ProducerRecord<>(topic, message.key(), "hello".getBytes(UTF_8)));
    writer.send(new ProducerRecord<>(topic, null, message.key(), half, readable.headers()));
    writer.send(new ProducerRecord<>(topic, message.key(), null));
    acknowledged.await(writer.send(readable));
    assertThat(get(intake.take(input(message)))).isEqualTo(Taken.REPEATED);
    List<ConsumerRecord<String, byte[]>> letters = letters(topic, message.key(), 2);
    assertThat(letters)
        .extracting(letter -> new String(letter.value(), UTF_8))
        .containsExactly("hello", new String(half, UTF_8));
    assertThat(letters)
        .extracting(letter -> header(letter, "dead-letter-reason"))
        .satisfiesExactly(
            why -> assertThat(why).contains("no header ce_type"),
            why -> assertThat(why).contains("no " + message.getClass().getSimpleName()));
    assertThat(letters)
        .extracting(letter -> header(letter, "dead-letter-topic"))
        .containsOnly(topic);
  }

  @Test
  void anotherTopicsMessageIsPutAside() {
    Message command = message(Topics.ROLLOUT_COMMANDS);
    acknowledged.await(writer.send(Topics.TRAFFIC_APPLIED, command));
    assertThat(
            header(letters(Topics.TRAFFIC_APPLIED, app.uid(), 1).getFirst(), "dead-letter-reason"))
        .contains("RolloutCommand where TrafficApplied is expected");
  }

  @Test
  void aCommandThatNobodyCanAnswerIsPutAside() {
    acknowledged.await(writer.send(Topics.ROLLOUT_COMMANDS, abort("c-1")));
    ConsumerRecord<String, byte[]> letter =
        letters(Topics.ROLLOUT_COMMANDS, app.uid(), 1).getFirst();
    assertThat(header(letter, "dead-letter-reason"))
        .isEqualTo("there is no Rollout with uid " + app.uid());
  }

  @Test
  void aRecordAsLargeAsTheBrokerTakesIsPutAsideToo() throws Exception {
    adopt();
    byte[] large = new byte[1_048_300];
    writer.send(new ProducerRecord<>(Topics.ROLLOUT_COMMANDS, app.uid(), large));
    acknowledged.await(writer.send(Topics.ROLLOUT_COMMANDS, abort("c-1")));
    ConsumerRecord<String, byte[]> letter =
        letters(Topics.ROLLOUT_COMMANDS, app.uid(), 1).getFirst();
    assertThat(header(letter, "dead-letter-reason")).contains("no header ce_type");
    assertThat(letter.value()).isNull();
    assertThat(answersTo("c-1")).hasSize(1);
  }

  static Stream<String> idsThatTheStoreCannotKeep() {
    Random random = new Random(1);
    String tooLong =
        random
            .ints(10_000, 'a', 'z' + 1)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return Stream.of("a\0b", tooLong);
  }

  @ParameterizedTest
  @MethodSource("idsThatTheStoreCannotKeep")
  void whatTheStoreCannotKeepIsPutAsideAndFreezesNothing(String id) throws Exception {
    adopt();
    writer.send(Topics.ROLLOUT_COMMANDS, abort(id));
    acknowledged.await(writer.send(Topics.ROLLOUT_COMMANDS, abort("c-1")));
    assertThat(answersTo("c-1")).hasSize(1);
    assertThat(letters(Topics.ROLLOUT_COMMANDS, app.uid(), 1)).hasSize(1);
    assertThat(facts()).noneMatch(RolloutFact.RolloutQuarantined.class::isInstance);
  }

  @Test
  void aPushThatTheStoreCannotLookUpIsNobodys() {
    ImagePushed push = push();
    acknowledged.await(
        writer.send(
            Topics.REGISTRY_PUSHES,
            new ImagePushed(
                push.id(),
                push.source(),
                push.repository(),
                "release\0",
                push.digest(),
                push.pushedAt(),
                push.receivedAt(),
                push.actor())));
  }

  @Test
  void anInputThatCannotBeDecidedFreezesItsRolloutAndAbortStillWorks() throws Exception {
    startAnUpdate();
    Identity other = Inputs.newRollout();
    take(Inputs.observed(other, Inputs.specification(other, "v1")));
    acknowledged.await(
        writer.send(
            Topics.TRAFFIC_APPLIED,
            applied(new TrafficApplied.Outcome.Superseded(new Fence(Long.MAX_VALUE, 1)))));
    assertThat(facts().getLast()).isInstanceOf(RolloutFact.RolloutQuarantined.class);
    ConsumerRecord<String, byte[]> letter =
        letters(Topics.TRAFFIC_APPLIED, app.uid(), 1).getFirst();
    assertThat(header(letter, "dead-letter-reason"))
        .startsWith("no decision about RouteReported from traffic.applied for " + app.uid());
    acknowledged.await(writer.send(Topics.ROLLOUT_COMMANDS, abort("c-1")));
    assertThat(facts())
        .contains(
            new RolloutFact.CommandAccepted("c-1", "abort"), new RolloutFact.RolloutAborted(2, ""));
    assertThat(get(log.after(other.uid(), 0, 100)))
        .noneMatch(event -> event.fact() instanceof RolloutFact.RolloutQuarantined);
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void aCommandWhoseCommitIsCutIsAnsweredOnce(Cut cut) throws Exception {
    adopt();
    Neighbours.cutter().cutNext(cut);
    acknowledged.await(writer.send(Topics.ROLLOUT_COMMANDS, abort("c-1")));
    assertThat(Neighbours.cutter().hasCut()).isTrue();
    assertThat(answersTo("c-1")).hasSize(1);
  }

  @Test
  void aCommandThatIsSentTwiceActsOnce() throws Exception {
    startAnUpdate();
    writer.send(Topics.ROLLOUT_COMMANDS, abort("c-1"));
    acknowledged.await(writer.send(Topics.ROLLOUT_COMMANDS, abort("c-1")));
    assertThat(answersTo("c-1"))
        .filteredOn(RolloutFact.CommandAccepted.class::isInstance)
        .containsExactly(new RolloutFact.CommandAccepted("c-1", "abort"));
    assertThat(facts()).filteredOn(RolloutFact.RolloutAborted.class::isInstance).hasSize(1);
  }

  @Test
  void recordsThatAreReadAgainChangeNothing() throws Exception {
    startAnUpdate();
    List<Place> places = new ArrayList<>();
    for (Message message : List.of(abort("c-1"), push(), verdict(), applied(failed()))) {
      places.add(writer.send(topic(message), message));
    }
    places.forEach(acknowledged::await);
    List<RolloutEvent> before = causedByRecords();
    assertThat(before).isNotEmpty();
    String group = "again-" + app.uid();
    Inlet again = new Inlet(clients.consumer(group), delivery);
    Thread thread = Thread.ofPlatform().start(again::run);
    try (Acknowledged second = new Acknowledged(group)) {
      places.forEach(second::await);
    } finally {
      again.stop();
      thread.join();
    }
    assertThat(causedByRecords()).isEqualTo(before);
  }

  @Test
  void recordsOfOneRolloutKeepTheirOrder() throws Exception {
    adopt();
    List<String> ids = IntStream.range(0, 200).mapToObj(i -> "c-" + i).toList();
    List<Place> places =
        ids.stream().map(id -> writer.send(Topics.ROLLOUT_COMMANDS, abort(id))).toList();
    acknowledged.await(places.getLast());
    assertThat(
            facts().stream()
                .filter(RolloutFact.CommandRejected.class::isInstance)
                .map(fact -> ((RolloutFact.CommandRejected) fact).commandId()))
        .isEqualTo(ids);
  }

  @Test
  void withoutTheDatabaseRecordsWaitAndAfterwardsTheyAreTaken() throws Exception {
    adopt();
    Neighbours.faults().set(Fault.REFUSE);
    double before = failures();
    Place place = writer.send(Topics.ROLLOUT_COMMANDS, abort("c-1"));
    await().atMost(LIMIT).until(() -> failures() > before);
    assertThat(acknowledged.has(place)).isFalse();
    await().atMost(LIMIT).until(() -> ready() == 503);
    Neighbours.faults().set(Fault.PASS);
    acknowledged.await(place);
    await().atMost(LIMIT).until(() -> ready() == 200);
    assertThat(answersTo("c-1")).hasSize(1);
  }

  private void adopt() throws Exception {
    take(Inputs.observed(app, Inputs.specification(app, "v1")));
  }

  /** The first revision is in force, and the second at its first step. */
  private void startAnUpdate() throws Exception {
    adopt();
    take(Inputs.cluster(app, "v1", "v1", Map.of("v1", 2)));
    try (TopicReader wishes =
        new TopicReader(Neighbours.kafka().bootstrapServers(), Topics.TRAFFIC_DESIRED)) {
      TrafficDesired wish =
          (TrafficDesired)
              await()
                  .atMost(LIMIT)
                  .until(() -> wishes.messages(app.uid()), found -> !found.isEmpty())
                  .getLast();
      acknowledged.await(
          writer.send(
              Topics.TRAFFIC_APPLIED,
              applied(wish.fence(), new TrafficApplied.Outcome.Applied(0, -1, List.of()))));
    }
    Specification second =
        Inputs.specification(app, "v2", new Step.SetWeight(50), new Step.EndlessPause());
    take(Inputs.observed(app, second));
  }

  private Message message(String topic) {
    return switch (topic) {
      case Topics.TRAFFIC_APPLIED -> applied(failed());
      case Topics.ANALYSIS_VERDICTS -> verdict();
      case Topics.ROLLOUT_COMMANDS -> abort("c-1");
      default -> push();
    };
  }

  private static String topic(Message message) {
    return Topics.ALL.stream()
        .filter(topic -> topic.message().isInstance(message))
        .findFirst()
        .orElseThrow()
        .name();
  }

  private Input input(Message message) {
    return switch (message) {
      case TrafficApplied applied -> Interpretation.of(applied);
      case VerdictReached verdict -> Interpretation.of(verdict);
      case RolloutCommand command -> Interpretation.of(command);
      case ImagePushed push -> Interpretation.of(push, app);
      default -> throw new IllegalArgumentException(message.toString());
    };
  }

  private RolloutCommand abort(String id) {
    return new RolloutCommand(id, app.uid(), RolloutCommand.Action.ABORT, "alice", Instant.EPOCH);
  }

  private ImagePushed push() {
    return new ImagePushed(
        "registry:" + app.uid(),
        "registry",
        "registry.example/" + app.name(),
        "release",
        "sha256:" + "ab".repeat(32),
        Instant.EPOCH.plusSeconds(1),
        Instant.EPOCH.plusSeconds(2),
        "ci");
  }

  private VerdictReached verdict() {
    return new VerdictReached(
        app.uid() + "/run",
        app.uid(),
        app.namespace(),
        app.name(),
        1,
        AnalysisRole.STEP,
        AnalysisPhase.FAILED,
        "too many errors",
        List.of(),
        Instant.EPOCH);
  }

  private static TrafficApplied.Outcome failed() {
    return new TrafficApplied.Outcome.Failed("no such Ingress", Instant.EPOCH);
  }

  private TrafficApplied applied(TrafficApplied.Outcome outcome) {
    return applied(new Fence(1, 1), outcome);
  }

  private TrafficApplied applied(Fence fence, TrafficApplied.Outcome outcome) {
    return new TrafficApplied(
        app.uid(), app.namespace(), app.name(), fence, outcome, Instant.EPOCH);
  }

  private List<ConsumerRecord<String, byte[]>> letters(String topic, String key, int count) {
    try (TopicReader letters =
        new TopicReader(Neighbours.kafka().bootstrapServers(), Topics.deadLetter(topic))) {
      return await()
          .atMost(LIMIT)
          .until(() -> letters.records(key), found -> found.size() >= count);
    }
  }

  private List<RolloutFact> facts() throws Exception {
    return events().stream().map(RolloutEvent::fact).toList();
  }

  private List<RolloutFact> answersTo(String command) throws Exception {
    return events().stream()
        .filter(event -> event.cause().equals(Topics.ROLLOUT_COMMANDS + ":" + command))
        .map(RolloutEvent::fact)
        .toList();
  }

  private List<RolloutEvent> causedByRecords() throws Exception {
    return events().stream()
        .filter(event -> Inlet.TOPICS.stream().anyMatch(event.cause()::startsWith))
        .toList();
  }

  private List<RolloutEvent> events() throws Exception {
    return get(log.after(app.uid(), 0, 10_000));
  }

  private double failures() {
    return meters.counter("sluice.inputs", "signal", "CommandReceived", "result", "failed").count();
  }

  private int ready() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(readiness).timeout(LIMIT).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  private void take(Input input) throws Exception {
    assertThat(get(intake.take(input))).isEqualTo(Taken.DECIDED);
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
