package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Intake.Input;
import dev.sluice.orchestrator.Intake.Taken;
import dev.sluice.orchestrator.UndecidableInput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One lane for each Rollout: its inputs are worked on one after the other, in the order in which
 * they came. That saves waiting for its lock; nothing depends on it.
 *
 * <p>Of levels that wait only the newest of a kind stays, and the older ones are answered with it.
 * One that fails is tried again in here, because only here it is known whether a newer one has
 * come.
 */
final class Lanes {

  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  private final Function<Input, CompletionStage<Taken>> work;
  // A lane exists while something of its Rollout is being worked on. Guarded by this.
  private final Map<String, Deque<Waiting>> lanes = new HashMap<>();

  Lanes(Function<Input, CompletionStage<Taken>> work) {
    this.work = work;
  }

  CompletionStage<Taken> add(Input input) {
    Waiting waiting = new Waiting(input, new CompletableFuture<>(), FIRST_DELAY);
    synchronized (this) {
      Deque<Waiting> lane = lanes.get(input.identity().uid());
      if (lane != null) {
        lane.addLast(withoutOlder(lane, waiting));
        return waiting.answer;
      }
      lanes.put(input.identity().uid(), new ArrayDeque<>());
    }
    start(waiting);
    return waiting.answer;
  }

  private static Waiting withoutOlder(Deque<Waiting> lane, Waiting newest) {
    lane.removeIf(older -> {
      boolean replaced = older.isReplacedBy(newest);
      if (replaced) {
        older.follow(newest);
      }
      return replaced;
    });
    return newest;
  }

  private void start(Waiting waiting) {
    CompletionStage<Taken> result;
    try {
      result = work.apply(waiting.input);
    } catch (RuntimeException e) {
      result = CompletableFuture.failedStage(e);
    }
    result.whenComplete((taken, failure) -> {
      if (failure == null) {
        waiting.answer.complete(taken);
        next(waiting.uid());
      } else if (waiting.isLevel() && !(StoredIntake.cause(failure) instanceof UndecidableInput)) {
        again(waiting);
      } else {
        waiting.answer.completeExceptionally(failure);
        next(waiting.uid());
      }
    });
  }

  private void again(Waiting failed) {
    synchronized (this) {
      Deque<Waiting> lane = lanes.get(failed.uid());
      lane.stream()
          .filter(failed::isReplacedBy)
          .findFirst()
          .ifPresentOrElse(failed::follow, () -> lane.addFirst(failed.later()));
    }
    CompletableFuture.delayedExecutor(failed.delay.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> next(failed.uid()));
  }

  private void next(String uid) {
    Waiting waiting;
    synchronized (this) {
      waiting = lanes.get(uid).pollFirst();
      if (waiting == null) {
        lanes.remove(uid);
        return;
      }
    }
    start(waiting);
  }

  private record Waiting(Input input, CompletableFuture<Taken> answer, Duration delay) {

    String uid() {
      return input.identity().uid();
    }

    boolean isLevel() {
      return input.id() == null;
    }

    boolean isReplacedBy(Waiting newer) {
      return isLevel()
          && newer.isLevel()
          && input.source().equals(newer.input.source())
          && input.signal().getClass() == newer.input.signal().getClass();
    }

    void follow(Waiting newer) {
      newer.answer.whenComplete((taken, failure) -> {
        if (failure == null) {
          answer.complete(taken);
        } else {
          answer.completeExceptionally(failure);
        }
      });
    }

    Waiting later() {
      Duration twice = delay.multipliedBy(2);
      return new Waiting(input, answer, twice.compareTo(LONGEST_DELAY) < 0 ? twice : LONGEST_DELAY);
    }
  }
}
