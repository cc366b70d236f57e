package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

  private final List<String> worked = new CopyOnWriteArrayList<>();
  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private final WorkQueue.Failures<Object> failures =
      new WorkQueue.Failures<>() {
        @Override
        public void failed(Object key, int times, Exception cause) {
          troubles.add(key + " failed " + times);
        }

        @Override
        public void succeeded(Object key, int failuresBefore) {
          troubles.add(key + " works after " + failuresBefore);
        }
      };

  @Test
  void whatIsAskedForManyTimesWhileItWaitsIsDoneOnce() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (WorkQueue<String> queue =
        new WorkQueue<>(
            "test",
            1,
            (key, _) -> {
              gate.await();
              worked.add(key);
            },
            failures)) {
      queue.add("first");
      for (int i = 0; i < 10; i++) {
        queue.add("second");
      }
      gate.countDown();
      await().until(() -> worked.contains("second") && worked.contains("first"));
    }
    assertThat(worked).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void whatIsAskedForWhileItIsAtWorkIsDoneOnceMoreAndNeverAtTheSameTime() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    AtomicInteger together = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (WorkQueue<String> queue =
        new WorkQueue<>(
            "test",
            4,
            (key, _) -> {
              most.accumulateAndGet(together.incrementAndGet(), Math::max);
              started.countDown();
              gate.await();
              together.decrementAndGet();
              worked.add(key);
            },
            failures)) {
      queue.add("a");
      started.await();
      queue.add("a");
      queue.add("a");
      gate.countDown();
      await().until(() -> worked.size() == 2);
    }
    assertThat(worked).containsExactly("a", "a");
    assertThat(most).hasValue(1);
  }

  @Test
  void whatFailsIsRepeatedUntilItWorks() {
    AtomicInteger attempts = new AtomicInteger();
    try (WorkQueue<String> queue =
        new WorkQueue<>(
            "test",
            1,
            (key, _) -> {
              if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
              }
              worked.add(key);
            },
            failures)) {
      queue.add("a");
      await().until(() -> troubles.contains("a works after 2"));
    }
    assertThat(worked).containsExactly("a");
    assertThat(troubles).containsExactly("a failed 1", "a failed 2", "a works after 2");
  }

  @Test
  void whatIsAskedForLaterComesByItself() {
    try (WorkQueue<String> queue =
        new WorkQueue<>("test", 1, (key, _) -> worked.add(key), failures)) {
      queue.addAfter("a", Duration.ofMillis(20));
      queue.addAfter("a", Duration.ofHours(1));
      await().until(() -> worked.contains("a"));
    }
    assertThat(worked).containsExactly("a");
  }

  @Test
  void whatIsUrgentGoesFirstButNotForEver() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (WorkQueue<String> queue =
        new WorkQueue<>(
            "test",
            1,
            (key, _) -> {
              gate.await();
              worked.add(key);
            },
            failures)) {
      queue.add("first");
      List.of("slow 1", "slow 2", "slow 3", "fast 0").forEach(queue::addBehind);
      List.of("fast 0", "fast 1", "fast 2", "fast 3", "fast 4").forEach(queue::add);
      gate.countDown();
      await().until(() -> worked.size() == 9);
    }
    assertThat(worked)
        .containsExactly(
            "first", "fast 0", "fast 1", "slow 1", "fast 2", "fast 3", "fast 4", "slow 2",
            "slow 3");
  }

  @Test
  void whatIsUrgentLeavesTheRestForLaterWhileOthersThatAreUrgentWait() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (WorkQueue<String> queue =
        new WorkQueue<>(
            "test",
            1,
            (key, turn) -> {
              gate.await();
              worked.add(turn.mustYield() ? key + " in part" : key);
            },
            failures)) {
      List.of("first", "second", "third").forEach(queue::add);
      gate.countDown();
      await().until(() -> worked.size() == 5);
    }
    assertThat(worked)
        .containsExactly("first in part", "second in part", "third", "first", "second");
  }
}
