package dev.sluice.orchestrator.kubernetes.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.orchestrator.StatusView;
import dev.sluice.orchestrator.Timing;
import dev.sluice.orchestrator.kubernetes.status.StatusQueue.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusQueueTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final StatusQueue queue = new StatusQueue();

  @Test
  void everyStepIsShownHoweverFastTheyFollow() {
    queue.add(at(0, 1));
    queue.add(at(1, 1));
    queue.add(at(2, 1));
    assertThat(showAll()).extracting(p -> p.view().stepIndex()).containsExactly(0, 1, 2);
  }

  @Test
  void whatIsOldGivesWayToWhatIsTrueNow() {
    queue.add(at(0, 1));
    queue.add(at(1, 1));
    queue.add(at(2, 1));
    Instant late = NOW.plus(StatusQueue.LATE).plusMillis(1);

    assertThat(queue.next(late)).map(p -> p.view().stepIndex()).contains(2);
  }

  @Test
  void whatIsNotUrgentIsShownWithTheNewestOnly() {
    queue.add(at(0, 1));
    queue.add(at(0, 2));
    queue.add(at(0, 3));
    assertThat(showAll()).extracting(p -> p.view().replicas()).containsExactly(3);
  }

  @Test
  void whatIsNotUrgentNeedsNoWritingOfItsOwnBeforeSomethingUrgent() {
    queue.add(at(0, 1));
    showAll();
    queue.add(at(0, 2));
    queue.add(at(1, 2));
    assertThat(showAll()).extracting(p -> p.view().stepIndex()).containsExactly(1);
  }

  @Test
  void whatIsNotUrgentWaitsASecondForMoreOfItsKind() {
    queue.add(at(0, 1));
    showAll();
    queue.add(at(0, 2));
    assertThat(queue.delay(next(), NOW.plusSeconds(9))).isEqualTo(Duration.ofSeconds(1));
    queue.add(at(0, 3));
    assertThat(queue.delay(next(), NOW.plusMillis(9_300))).isEqualTo(Duration.ofMillis(700));
    assertThat(queue.delay(next(), NOW.plusSeconds(10))).isZero();
  }

  @Test
  void eachWaitingBeginsAnew() {
    queue.add(at(0, 1));
    showAll();
    queue.add(at(0, 2));
    queue.delay(next(), NOW);
    showAll();
    queue.add(at(0, 3));
    assertThat(queue.delay(next(), NOW.plusSeconds(1))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatIsUrgentDoesNotWait() {
    queue.add(at(0, 1));
    showAll();
    queue.add(at(1, 1));
    assertThat(queue.delay(next(), NOW)).isZero();
  }

  @Test
  void whatWasShownWithoutWritingDelaysNothing() {
    Pending shown = at(0, 1);
    queue.add(shown);
    queue.done(shown, false);
    queue.add(at(0, 2));
    assertThat(queue.delay(next(), NOW)).isZero();
  }

  private List<Pending> showAll() {
    List<Pending> shown = new ArrayList<>();
    while (queue.next(NOW).isPresent()) {
      Pending next = next();
      shown.add(next);
      queue.done(next, true);
    }
    return shown;
  }

  private Pending next() {
    return queue.next(NOW).orElseThrow();
  }

  private static Pending at(int step, int replicas) {
    return new Pending(
        new StatusView(
            false,
            null,
            List.of(),
            "v2",
            "s1",
            step,
            1,
            replicas,
            0,
            0,
            0,
            "app=app",
            List.of(),
            null,
            null,
            "",
            null,
            "v1",
            false,
            null,
            "Progressing",
            "",
            Timing.NONE,
            0,
            List.of(),
            ""),
        NOW,
        NOW);
  }
}
