package dev.sluice.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.devkit.faults.Fault;
import dev.sluice.events.EventChain;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.EventLog;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Intake.Taken;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.UndecidableInput;
import dev.sluice.orchestrator.world.CommitCutter.Cut;
import dev.sluice.orchestrator.world.Inputs;
import dev.sluice.orchestrator.world.Neighbours;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class StoredIntakeIT {

  @Inject StoredIntake intake;
  @Inject EventLog log;
  @Inject Database database;
  @Inject CommittedRollouts rollouts;
  @Inject MeterRegistry meters;

  private final Identity app = Inputs.newRollout();

  @AfterEach
  void healTheConnection() {
    Neighbours.faults().set(Fault.PASS);
  }

  @Test
  void aRepeatedInputIsDecidedOnce() throws Exception {
    adopt();
    assertThat(take(abort("c-1"))).isEqualTo(Taken.DECIDED);
    assertThat(take(abort("c-1"))).isEqualTo(Taken.REPEATED);
    assertThat(answersTo("c-1")).hasSize(1);
  }

  @Test
  void whatTheLogDoesNotShowIsDecidedOnNext() throws Exception {
    adopt();
    Cluster pods = pods(3);
    take(new Input(app, "kubernetes", null, null, new Signal.ClusterObserved(pods)));
    long log = known().seq();
    Cluster more = pods(4);
    take(new Input(app, "kubernetes", null, null, new Signal.ClusterObserved(more)));
    assertThat(known().seq()).as("nothing to be told").isEqualTo(log);
    take(abort("c-1"));
    assertThat(known().cluster()).isEqualTo(more);
  }

  private static Cluster pods(int actual) {
    return new Cluster(
        Map.of(
            "other",
            new Cluster.ReplicaSet("app-other", "other", 0, 4, actual, 0, 0, Instant.EPOCH)),
        "",
        "",
        Cluster.Shown.NOTHING);
  }

  @Test
  void aTimerThatFiredInVainMayFireAgain() throws Exception {
    adopt();
    Input timer = new Input(app, "timer", "pause@12:00", null, new Signal.TimerFired("pause"));
    assertThat(take(timer)).isEqualTo(Taken.IGNORED);
    assertThat(take(timer)).isEqualTo(Taken.IGNORED);
  }

  @Test
  void concurrentInputsOfSeveralInstancesLeaveNoGapInTheLog() throws Exception {
    adopt();
    List<StoredIntake> instances =
        List.of(intake, anotherInstance(), anotherInstance(), anotherInstance());
    List<CompletionStage<Taken>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(instances.get(i % 4).take(abort("c-" + i)));
      answers.add(instances.get((i + 1) % 4).take(abort("c-" + i)));
    }
    List<Taken> taken = new ArrayList<>();
    for (CompletionStage<Taken> answer : answers) {
      taken.add(get(answer));
    }
    assertThat(taken.stream().filter(Taken.DECIDED::equals)).hasSize(200);
    assertThat(taken.stream().filter(Taken.REPEATED::equals)).hasSize(200);
    List<RolloutEvent> events = events();
    assertThat(EventChain.verify(events)).isEmpty();
    assertThat(events.stream().filter(e -> e.fact() instanceof RolloutFact.CommandRejected))
        .hasSize(200);
  }

  @Test
  void theFirstInputsOfARolloutMayRace() throws Exception {
    Input observed = Inputs.observed(app, Inputs.specification(app, "v1"));
    CompletionStage<Taken> one = intake.take(observed);
    CompletionStage<Taken> other = anotherInstance().take(observed);
    assertThat(List.of(get(one), get(other)))
        .containsExactlyInAnyOrder(Taken.DECIDED, Taken.IGNORED);
    assertThat(events().stream().filter(e -> e.fact() instanceof RolloutFact.RolloutAdopted))
        .hasSize(1);
  }

  @Test
  void aLevelThatChangesNothingCostsNoTransaction() throws Exception {
    adopt();
    Neighbours.faults().set(Fault.REFUSE);
    assertThat(take(Inputs.observed(app, Inputs.specification(app, "v1"))))
        .isEqualTo(Taken.IGNORED);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsLookedUp() throws Exception {
    adopt();
    Neighbours.cutter().cutNext(Cut.AFTER);
    assertThat(take(abort("c-1"))).isEqualTo(Taken.DECIDED);
    assertThat(Neighbours.cutter().hasCut()).isTrue();
    assertThat(take(abort("c-1"))).isEqualTo(Taken.REPEATED);
    assertThat(answersTo("c-1")).hasSize(1);
    assertThat(known().seq()).isEqualTo(events().getLast().seq());
  }

  @Test
  void aCommitThatNeverArrivedIsNotAssumed() throws Exception {
    adopt();
    Neighbours.cutter().cutNext(Cut.BEFORE);
    assertThatThrownBy(() -> take(abort("c-1"))).isInstanceOf(ExecutionException.class);
    assertThat(answersTo("c-1")).isEmpty();
    assertThat(take(abort("c-1"))).isEqualTo(Taken.DECIDED);
    assertThat(answersTo("c-1")).hasSize(1);
  }

  @Test
  void aLevelWhoseCommitIsUnknownIsTriedAgainInHere() throws Exception {
    adopt();
    for (Cut cut : Cut.values()) {
      Neighbours.cutter().cutNext(cut);
      assertThat(take(Inputs.observed(app, Inputs.specification(app, "v-" + cut)))).isNotNull();
      assertThat(known().revision().podHash()).isEqualTo("v-" + cut);
    }
    assertThat(
            events().stream()
                .filter(e -> e.fact() instanceof RolloutFact.RevisionStarted)
                .map(e -> ((RolloutFact.RevisionStarted) e.fact()).podHash()))
        .containsExactly("v1", "v-BEFORE", "v-AFTER");
  }

  @Test
  void anInputThatCannotBeDecidedFreezesItsRolloutAndNothingElse() throws Exception {
    adopt();
    assertThatThrownBy(() -> take(Inputs.command(app, "poison", null)))
        .hasCauseInstanceOf(UndecidableInput.class);
    assertThat(known().quarantine()).contains("CommandReceived");
    assertThat(events().getLast().fact()).isInstanceOf(RolloutFact.RolloutQuarantined.class);
    assertThatThrownBy(() -> take(Inputs.command(app, "poison", null)))
        .hasCauseInstanceOf(UndecidableInput.class);
    assertThat(take(abort("c-1"))).isEqualTo(Taken.DECIDED);
    assertThat(events().stream().filter(e -> e.fact() instanceof RolloutFact.RolloutQuarantined))
        .hasSize(1);
  }

  @Test
  void aLevelThatCannotBeDecidedHoldsUpNoAbort() throws Exception {
    adopt();
    CompletionStage<Taken> poison = intake.take(Inputs.observed(app, null));
    assertThat(take(abort("c-1"))).isEqualTo(Taken.DECIDED);
    assertThatThrownBy(() -> get(poison)).hasRootCauseInstanceOf(NullPointerException.class);
    assertThat(known().quarantine()).contains("SpecificationObserved");
  }

  @Test
  void nothingHappensForAUidThatIsGone() throws Exception {
    adopt();
    take(new Input(app, "kubernetes", null, null, new Signal.RolloutGone()));
    List<RolloutEvent> before = events();
    assertThat(before.getLast().fact()).isInstanceOf(RolloutFact.RolloutDeleted.class);
    take(Inputs.observed(app, Inputs.specification(app, "v2")));
    take(abort("c-1"));
    assertThat(events()).isEqualTo(before);
    assertThat(rollouts.all()).noneMatch(c -> c.rollout().identity().equals(app));
  }

  @Test
  void anInputForAUidThatWasNeverSeenIsIgnored() throws Exception {
    assertThat(take(abort("c-1"))).isEqualTo(Taken.IGNORED);
    adopt();
    assertThat(take(abort("c-1"))).isEqualTo(Taken.DECIDED);
  }

  @Test
  void withoutTheDatabaseNothingChangesAndAfterwardsItGoesOn() throws Exception {
    adopt();
    Rollout before = known();
    Neighbours.faults().set(Fault.REFUSE);
    assertThatThrownBy(() -> take(abort("c-1"))).isInstanceOf(ExecutionException.class);
    CompletionStage<Taken> level =
        intake.take(Inputs.observed(app, Inputs.specification(app, "v2")));
    assertThat(known()).isEqualTo(before);
    Neighbours.faults().set(Fault.PASS);
    assertThat(get(level)).isEqualTo(Taken.DECIDED);
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> take(abort("c-1")) == Taken.DECIDED);
    assertThat(answersTo("c-1")).hasSize(1);
    assertThat(EventChain.verify(events())).isEmpty();
  }

  @Test
  void whatAnotherInstanceCommitsIsKnownHereSoon() throws Exception {
    adopt();
    List<Long> versions = new CopyOnWriteArrayList<>();
    rollouts.onCommit(c -> {
      if (c.rollout().identity().equals(app)) {
        versions.add(c.version());
      }
    });
    CommittedRollouts itsOwn = new CommittedRollouts();
    StoredIntake other = new StoredIntake(database, itsOwn, meters);
    get(other.take(Inputs.observed(app, Inputs.specification(app, "v2"))));
    // Listeners hear of it after it is known.
    await().atMost(Duration.ofSeconds(60)).until(() -> !versions.isEmpty());
    assertThat(known().revision().podHash()).isEqualTo("v2");
    assertThat(versions).containsExactly(itsOwn.find(app.uid()).orElseThrow().version());
  }

  private void adopt() throws Exception {
    assertThat(take(Inputs.observed(app, Inputs.specification(app, "v1"))))
        .isEqualTo(Taken.DECIDED);
  }

  private Input abort(String id) {
    return Inputs.command(app, id, new Command.Abort());
  }

  private StoredIntake anotherInstance() {
    return new StoredIntake(database, new CommittedRollouts(), meters);
  }

  private Rollout known() {
    return rollouts.find(app.uid()).orElseThrow().rollout();
  }

  private List<RolloutEvent> events() throws Exception {
    return get(log.after(app.uid(), 0, 10_000));
  }

  private List<RolloutEvent> answersTo(String command) throws Exception {
    return events().stream().filter(e -> e.cause().equals("test:" + command)).toList();
  }

  private Taken take(Input input) throws Exception {
    return get(intake.take(input));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
