package dev.sluice.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KeyOrderTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final KeyOrder keys = new KeyOrder();
  private final List<String> started = new CopyOnWriteArrayList<>();

  @Test
  void workOfOneKeyWaitsForTheWorkBefore() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    run("a", "1", first);
    CompletableFuture<Void> second = run("a", "2", CompletableFuture.completedFuture(null));
    assertThat(started).containsExactly("1");
    first.complete(null);
    assertThat(second).succeedsWithin(LIMIT);
    assertThat(started).containsExactly("1", "2");
  }

  @Test
  void workOfAnotherKeyDoesNot() {
    run("a", "1", new CompletableFuture<>());
    assertThat(run("b", "2", CompletableFuture.completedFuture(null))).isCompleted();
  }

  @Test
  void workThatFailsHoldsUpNothing() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletableFuture<Void> failed = run("a", "1", first);
    CompletableFuture<Void> second = run("a", "2", CompletableFuture.completedFuture(null));
    first.completeExceptionally(new IOException("gone"));
    assertThat(failed).isCompletedExceptionally();
    assertThat(second).succeedsWithin(LIMIT);
  }

  @Test
  void aLongQueueKeepsItsOrder() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    run("a", "0", first);
    List<String> expected = new ArrayList<>(List.of("0"));
    IntStream.rangeClosed(1, 20_000)
        .mapToObj(Integer::toString)
        .forEach(name -> {
          run("a", name, CompletableFuture.completedFuture(null));
          expected.add(name);
        });
    first.complete(null);
    Awaitility.await().atMost(LIMIT).until(() -> started.size() == expected.size());
    assertThat(started).isEqualTo(expected);
  }

  private CompletableFuture<Void> run(String key, String name, CompletableFuture<Void> work) {
    return keys.run(
        key,
        () -> {
          started.add(name);
          return work;
        });
  }
}
