package dev.sluice.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.devkit.faults.Fault;
import dev.sluice.events.EventChain;
import dev.sluice.events.Message;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutSnapshot;
import dev.sluice.events.Topics;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.EventLog;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.world.Inputs;
import dev.sluice.orchestrator.world.Neighbours;
import dev.sluice.orchestrator.world.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class RelayIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Inject Intake intake;
  @Inject EventLog log;

  private final Identity app = Inputs.newRollout();

  @AfterEach
  void heal() {
    Neighbours.faults().set(Fault.PASS);
  }

  @Test
  void everyEntryOfTheLogIsPublishedAsItWasDecided() throws Exception {
    adopt();
    command("c-1");
    List<RolloutEvent> decided = decided();
    try (TopicReader events = TopicReader.ofEvents()) {
      await().atMost(LIMIT).until(() -> events.records(app.uid()).size() >= decided.size());
      assertThat(TopicReader.log(events.messages(app.uid()))).isEqualTo(decided);
      var record = events.records(app.uid()).getFirst();
      assertThat(MessageCodec.envelope(record).id()).isEqualTo(app.uid() + ":1");
    }
  }

  @Test
  void whatIsForgottenIsATombstone() throws Exception {
    adopt();
    take(new Input(app, "kubernetes", null, null, new Signal.RolloutGone()));
    try (TopicReader states =
        new TopicReader(Neighbours.kafka().bootstrapServers(), Topics.ROLLOUT_STATE)) {
      await()
          .atMost(LIMIT)
          .until(
              () -> states.records(app.uid()).stream().anyMatch(record -> record.value() == null));
      assertThat(states.messages(app.uid()).getFirst()).isInstanceOf(RolloutSnapshot.class);
      assertThat(states.records(app.uid()).getLast().value()).isNull();
    }
  }

  @Test
  void theOrderHoldsOverKillsOfTheBroker() throws Exception {
    adopt();
    List<CompletionStage<Intake.Taken>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(intake.take(abort("c-" + i)));
      if (i == 100) {
        get(answers.getLast());
        Neighbours.kafka().kill();
      }
    }
    for (CompletionStage<Intake.Taken> answer : answers) {
      // The broker is dead: what is decided only waits.
      assertThat(get(answer)).isEqualTo(Intake.Taken.DECIDED);
    }
    Neighbours.kafka().restart();
    assertThatTheTopicHasAll(decided());
  }

  @Test
  void theOrderHoldsOverLostConnectionsToTheDatabase() throws Exception {
    adopt();
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 20; i++) {
        command("c-" + round + "-" + i);
      }
      Neighbours.faults().set(Fault.RESET);
      Neighbours.faults().set(Fault.PASS);
    }
    assertThatTheTopicHasAll(decided());
  }

  private void assertThatTheTopicHasAll(List<RolloutEvent> decided) {
    try (TopicReader events = TopicReader.ofEvents()) {
      await()
          .atMost(LIMIT)
          .ignoreExceptions()
          .until(() -> {
            List<Message> published = events.messages(app.uid());
            return !published.isEmpty() && published.getLast().equals(decided.getLast());
          });
      List<RolloutEvent> published = TopicReader.log(events.messages(app.uid()));
      // At least once and in order: repetitions only as whole pieces from the log.
      assertThat(EventChain.verify(published.stream().distinct().toList())).isEmpty();
      assertThat(published.stream().distinct().toList()).isEqualTo(decided);
      long highest = 0;
      for (RolloutEvent event : published) {
        assertThat(event.seq()).isLessThanOrEqualTo(highest + 1);
        highest = Math.max(highest, event.seq());
      }
    }
  }

  private void adopt() throws Exception {
    take(Inputs.observed(app, Inputs.specification(app, "v1")));
  }

  private void command(String id) {
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> get(intake.take(abort(id))) != Intake.Taken.IGNORED);
  }

  private Input abort(String id) {
    return Inputs.command(app, id, new Command.Abort());
  }

  private List<RolloutEvent> decided() {
    return await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> get(log.after(app.uid(), 0, 10_000)), events -> !events.isEmpty());
  }

  private void take(Input input) throws Exception {
    assertThat(get(intake.take(input))).isEqualTo(Intake.Taken.DECIDED);
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
