package dev.sluice.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Intake.Taken;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.UndecidableInput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LanesTest {

  private final List<Job> jobs = new CopyOnWriteArrayList<>();
  private final Lanes lanes = new Lanes(this::work);

  private record Job(Input input, CompletableFuture<Taken> result) {}

  @Test
  void inputsOfOneRolloutGoOneAfterTheOther() {
    var first = lanes.add(command("a", "1"));
    var second = lanes.add(command("a", "2"));
    assertThat(ids()).containsExactly("1");
    jobs.getFirst().result().complete(Taken.DECIDED);
    assertThat(ids()).containsExactly("1", "2");
    jobs.getLast().result().complete(Taken.REPEATED);
    assertThat(first).isCompletedWithValue(Taken.DECIDED);
    assertThat(second).isCompletedWithValue(Taken.REPEATED);
  }

  @Test
  void anotherRolloutDoesNotWait() {
    lanes.add(command("a", "1"));
    lanes.add(command("b", "2"));
    assertThat(ids()).containsExactly("1", "2");
  }

  @Test
  void aFailedInputIsAnsweredWithItsErrorAndTheNextGoesOn() {
    var first = lanes.add(command("a", "1"));
    lanes.add(command("a", "2"));
    jobs.getFirst().result().completeExceptionally(new IOException("gone"));
    assertThat(first).isCompletedExceptionally();
    assertThat(ids()).containsExactly("1", "2");
  }

  @Test
  void ofLevelsThatWaitOnlyTheNewestIsWorkedOn() {
    lanes.add(command("a", "1"));
    var older = lanes.add(level("a", "x", 1));
    lanes.add(level("a", "y", 2));
    var newest = lanes.add(level("a", "x", 3));
    jobs.get(0).result().complete(Taken.DECIDED);
    jobs.get(1).result().complete(Taken.DECIDED);
    jobs.get(2).result().complete(Taken.IGNORED);
    assertThat(jobs.stream().skip(1).map(job -> generation(job.input()))).containsExactly(2L, 3L);
    assertThat(older).isCompletedWithValue(Taken.IGNORED);
    assertThat(newest).isCompletedWithValue(Taken.IGNORED);
  }

  @Test
  void aLevelThatFailsIsTriedAgainUntilItIsTaken() {
    var level = lanes.add(level("a", "x", 1));
    jobs.getFirst().result().completeExceptionally(new IOException("gone"));
    await().atMost(Duration.ofSeconds(30)).until(() -> jobs.size() == 2);
    jobs.getLast().result().complete(Taken.DECIDED);
    assertThat(level).isCompletedWithValue(Taken.DECIDED);
  }

  @Test
  void aLevelThatFailsGivesWayToANewerOne() {
    var older = lanes.add(level("a", "x", 1));
    var newer = lanes.add(level("a", "x", 2));
    jobs.getFirst().result().completeExceptionally(new IOException("gone"));
    await().atMost(Duration.ofSeconds(30)).until(() -> jobs.size() == 2);
    assertThat(generation(jobs.getLast().input())).isEqualTo(2);
    jobs.getLast().result().complete(Taken.DECIDED);
    assertThat(older).isCompletedWithValue(Taken.DECIDED);
    assertThat(newer).isCompletedWithValue(Taken.DECIDED);
  }

  @Test
  void aLevelThatCannotBeDecidedIsNotTriedAgain() {
    Input poison = level("a", "x", 1);
    var level = lanes.add(poison);
    lanes.add(command("a", "1"));
    jobs.getFirst()
        .result()
        .completeExceptionally(
            // Wrapped, as composed stages hand it on.
            new CompletionException(new UndecidableInput(poison, new IllegalStateException("no"))));
    assertThatThrownBy(() -> level.toCompletableFuture().join())
        .hasCauseInstanceOf(UndecidableInput.class);
    assertThat(jobs.getLast().input().id()).isEqualTo("1");
  }

  private CompletionStage<Taken> work(Input input) {
    Job job = new Job(input, new CompletableFuture<>());
    jobs.add(job);
    return job.result();
  }

  private List<String> ids() {
    return jobs.stream().map(job -> job.input().id()).toList();
  }

  private static Input command(String uid, String id) {
    return new Input(
        new Identity(uid, "", ""),
        "test",
        id,
        "alice",
        new Signal.CommandReceived(id, new Command.Abort()));
  }

  private static Input level(String uid, String source, long generation) {
    return new Input(
        new Identity(uid, "", ""),
        source,
        null,
        null,
        new Signal.SpecificationUnusable(generation, "wrong"));
  }

  private static long generation(Input input) {
    return ((Signal.SpecificationUnusable) input.signal()).generation();
  }
}
