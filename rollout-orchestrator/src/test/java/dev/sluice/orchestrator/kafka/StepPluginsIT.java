package dev.sluice.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.events.PluginAnswer;
import dev.sluice.events.PluginCall;
import dev.sluice.events.PluginOperation;
import dev.sluice.events.PluginPhase;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.Topics;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.EventLog;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Intake.Taken;
import dev.sluice.orchestrator.Step;
import dev.sluice.orchestrator.world.Acknowledged;
import dev.sluice.orchestrator.world.Inputs;
import dev.sluice.orchestrator.world.Neighbours;
import dev.sluice.orchestrator.world.TopicReader;
import dev.sluice.orchestrator.world.TopicWriter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Step plugins over a real broker and a real database, with a test in the gateway's place. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class StepPluginsIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  @Inject Intake intake;
  @Inject EventLog log;

  private final Identity app = Inputs.newRollout();
  private final TopicWriter gateway = new TopicWriter();
  private final Acknowledged acknowledged = new Acknowledged();
  private final TopicReader calls =
      new TopicReader(Neighbours.kafka().bootstrapServers(), Topics.PLUGIN_CALLS);

  @AfterEach
  void disconnect() {
    gateway.close();
    acknowledged.close();
    calls.close();
  }

  @Test
  void aPluginIsCalledUntilItAnswersThatItsStepIsDone() throws Exception {
    startAnUpdate();
    PluginCall first = call(1);
    assertThat(first.url()).isEqualTo("http://smoke:8080");
    assertThat(first.config()).isEqualTo("{\"suite\":\"all\"}");
    assertThat(first.namespace()).isEqualTo(app.namespace());

    answer(first, PluginPhase.RUNNING, Duration.ofSeconds(11), "{\"job\":17}");
    PluginCall second = call(2);
    assertThat(second.execution()).isEqualTo(2);
    assertThat(second.status()).isEqualTo("{\"job\":17}");

    answer(second, PluginPhase.SUCCESSFUL, null, null);
    answer(second, PluginPhase.SUCCESSFUL, null, null);
    answer(second, PluginPhase.FAILED, null, null);
    assertThat(facts())
        .filteredOn(RolloutFact.StepCompleted.class::isInstance)
        .containsExactly(new RolloutFact.StepCompleted(1, 2, "plugin: smoke"));
    assertThat(facts()).noneMatch(RolloutFact.RolloutAborted.class::isInstance);
  }

  @Test
  void aFailureAbortsAndTheAnswerOfAnotherEpochDoesNot() throws Exception {
    startAnUpdate();
    PluginCall call = call(1);
    send(call, call.epoch() - 1, PluginPhase.FAILED, null, null);
    assertThat(facts()).noneMatch(RolloutFact.StepPluginAnswered.class::isInstance);

    answer(call, PluginPhase.FAILED, null, null);
    assertThat(facts())
        .contains(new RolloutFact.RolloutAborted(2, "Step Plugin 1 (smoke) failed: as told"));
  }

  @Test
  void anAbortIsToldToThePlugin() throws Exception {
    startAnUpdate();
    answer(call(1), PluginPhase.RUNNING, null, "{\"job\":17}");
    take(Inputs.command(app, "c-1", new Command.Abort()));
    PluginCall abort = call(2);
    assertThat(abort.operation()).isEqualTo(PluginOperation.ABORT);
    assertThat(abort.status()).isEqualTo("{\"job\":17}");

    answer(abort, PluginPhase.SUCCESSFUL, null, null);
    assertThat(facts())
        .contains(
            new RolloutFact.StepPluginAnswered(
                0, "smoke", PluginOperation.ABORT, 1, null, PluginPhase.SUCCESSFUL, "as told"));
  }

  private void startAnUpdate() throws Exception {
    take(Inputs.observed(app, Inputs.specification(app, "v1")));
    take(Inputs.cluster(app, "v1", "v1", Map.of("v1", 2)));
    take(
        Inputs.observed(
            app,
            Inputs.specification(
                app,
                "v2",
                new Step.Plugin("smoke", "http://smoke:8080", "{\"suite\":\"all\"}", false),
                new Step.EndlessPause())));
  }

  /** The n-th call of this Rollout. */
  private PluginCall call(int n) {
    return await()
        .atMost(LIMIT)
        .until(
            () ->
                calls.messages(app.uid()).stream().map(PluginCall.class::cast).distinct().toList(),
            found -> found.size() >= n)
        .get(n - 1);
  }

  private void answer(PluginCall call, PluginPhase phase, Duration requeueAfter, String status) {
    send(call, call.epoch(), phase, requeueAfter, status);
  }

  private void send(
      PluginCall call, long epoch, PluginPhase phase, Duration requeueAfter, String status) {
    acknowledged.await(
        gateway.send(
            Topics.PLUGIN_ANSWERS,
            new PluginAnswer(
                call.uid(),
                epoch,
                call.step(),
                call.operation(),
                call.execution(),
                phase,
                "as told",
                requeueAfter,
                status,
                Instant.now())));
  }

  private List<RolloutFact> facts() throws Exception {
    return get(log.after(app.uid(), 0, 10_000)).stream().map(RolloutEvent::fact).toList();
  }

  private void take(Input input) throws Exception {
    assertThat(get(intake.take(input))).isEqualTo(Taken.DECIDED);
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
