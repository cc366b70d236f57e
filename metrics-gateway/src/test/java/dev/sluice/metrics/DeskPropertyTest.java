package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.metrics.Desk.Admission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever comes in whatever order: the provider is spared, and nobody is forgotten. */
class DeskPropertyTest {

  private static final Limits LIMITS = new Limits(2, 3, 4);

  @Property(tries = 500)
  void noProviderGetsMoreThanItsShareAndEveryAdmittedQuestionIsSentOnce(
      @ForAll @Size(max = 60) List<@IntRange(max = 23) Integer> moves) {
    Desk desk = new Desk(LIMITS);
    Deque<Question> sent = new ArrayDeque<>();
    Set<Question> waiting = new HashSet<>();
    for (int move : moves) {
      Question question =
          DeskTest.question(move % 2 == 0 ? DeskTest.ONE : DeskTest.OTHER, "q" + move % 8);
      if (move < 12) {
        ask(desk, question, sent, waiting);
      } else if (move < 20 && !sent.isEmpty()) {
        finish(desk, move % 3 == 0, sent, waiting);
      } else if (desk.giveUp(question)) {
        assertThat(waiting.remove(question)).isTrue();
      }
      assertThat(sent).doesNotHaveDuplicates();
      for (Endpoint endpoint : List.of(DeskTest.ONE, DeskTest.OTHER)) {
        assertThat(at(sent, endpoint)).isLessThanOrEqualTo(LIMITS.concurrency());
        assertThat(at(waiting, endpoint)).isLessThanOrEqualTo(LIMITS.waiting());
        if (at(waiting, endpoint) > 0) {
          assertThat(at(sent, endpoint)).as("nobody waits idly").isEqualTo(LIMITS.concurrency());
        }
      }
    }
    while (!sent.isEmpty()) {
      finish(desk, true, sent, waiting);
    }
    assertThat(waiting).as("all who waited were sent in the end").isEmpty();
  }

  private static void ask(
      Desk desk, Question question, Deque<Question> sent, Set<Question> waiting) {
    switch (desk.admit(question)) {
      case Admission.Sent _ -> sent.add(question);
      case Admission.Waits _ -> waiting.add(question);
      case Admission.Joined _ ->
          assertThat(sent.contains(question) || waiting.contains(question)).isTrue();
      case Admission.Known _, Admission.Shed _ -> assertThat(sent).doesNotContain(question);
    }
  }

  private static void finish(
      Desk desk, boolean answered, Deque<Question> sent, Set<Question> waiting) {
    Question over = sent.poll();
    desk.finish(over, answered ? DeskTest.ANSWER : Reply.unavailable(Reason.UNREACHABLE, "refused"))
        .ifPresent(next -> {
          assertThat(waiting.remove(next)).isTrue();
          sent.add(next);
        });
  }

  private static long at(Iterable<Question> questions, Endpoint endpoint) {
    long count = 0;
    for (Question question : questions) {
      count += question.endpoint().equals(endpoint) ? 1 : 0;
    }
    return count;
  }
}
