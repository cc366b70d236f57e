package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.metrics.Desk.Admission;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeskTest {

  static final Endpoint ONE = endpoint("http://one:9090");
  static final Endpoint OTHER = endpoint("http://other:9090");
  static final Reply ANSWER = new Reply(new Outcome.Vector(List.of(0.5)), 3, List.of());

  private final Desk desk = new Desk(new Limits(2, 1, 2));

  @Test
  void equalQuestionsAreSentOnce() {
    assertThat(desk.admit(question(ONE, "a"))).isEqualTo(new Admission.Sent());
    assertThat(desk.admit(question(ONE, "a"))).isEqualTo(new Admission.Joined());
  }

  @Test
  void anotherTimeIsAnotherQuestion() {
    Question question = question(ONE, "a");
    desk.admit(question);
    Question later = new Question(ONE, ONE.target(), "a", question.time().plusSeconds(10));
    assertThat(desk.admit(later)).isEqualTo(new Admission.Sent());
  }

  @Test
  void anAnswerIsKnownFromThenOn() {
    desk.admit(question(ONE, "a"));
    desk.finish(question(ONE, "a"), ANSWER);
    assertThat(desk.admit(question(ONE, "a"))).isEqualTo(new Admission.Known(ANSWER));
  }

  @Test
  void thatThereIsNothingIsAnAnswerToo() {
    Reply nothing = new Reply(new Outcome.NoData(), 3, List.of());
    desk.admit(question(ONE, "a"));
    desk.finish(question(ONE, "a"), nothing);
    assertThat(desk.admit(question(ONE, "a"))).isEqualTo(new Admission.Known(nothing));
  }

  @Test
  void aFailureIsAskedAgain() {
    desk.admit(question(ONE, "a"));
    desk.finish(question(ONE, "a"), Reply.unavailable(Reason.TIMEOUT, "slow"));
    assertThat(desk.admit(question(ONE, "a"))).isEqualTo(new Admission.Sent());
  }

  @Test
  void onlyTheNewestAnswersAreKept() {
    for (String query : List.of("a", "b", "c")) {
      desk.admit(question(ONE, query));
      desk.finish(question(ONE, query), ANSWER);
    }
    assertThat(desk.admit(question(ONE, "c"))).isInstanceOf(Admission.Known.class);
    assertThat(desk.admit(question(ONE, "a"))).isEqualTo(new Admission.Sent());
  }

  @Test
  void aHugeAnswerIsNotKept() {
    Reply huge = new Reply(new Outcome.Vector(Collections.nCopies(1001, 1.0)), 3, List.of());
    desk.admit(question(ONE, "a"));
    desk.finish(question(ONE, "a"), huge);
    assertThat(desk.admit(question(ONE, "a"))).isEqualTo(new Admission.Sent());
  }

  @Test
  void aFullLaneQueuesThenSheds() {
    desk.admit(question(ONE, "a"));
    desk.admit(question(ONE, "b"));
    assertThat(desk.admit(question(ONE, "c"))).isEqualTo(new Admission.Waits());
    assertThat(desk.admit(question(ONE, "c"))).isEqualTo(new Admission.Joined());
    assertThat(desk.admit(question(ONE, "d")))
        .isEqualTo(new Admission.Shed("2 questions are at http://one:9090 and 1 wait: ask later"));
  }

  @Test
  void aSlowEndpointHoldsNoOther() {
    for (String query : List.of("a", "b", "c", "d")) {
      desk.admit(question(ONE, query));
    }
    assertThat(desk.admit(question(OTHER, "a"))).isEqualTo(new Admission.Sent());
  }

  @Test
  void whoWaitsIsSentInTurn() {
    desk.admit(question(ONE, "a"));
    desk.admit(question(ONE, "b"));
    desk.admit(question(ONE, "c"));
    assertThat(desk.finish(question(ONE, "b"), ANSWER)).contains(question(ONE, "c"));
    assertThat(desk.finish(question(ONE, "c"), ANSWER)).isEmpty();
  }

  @Test
  void whoGivesUpMakesRoom() {
    desk.admit(question(ONE, "a"));
    desk.admit(question(ONE, "b"));
    desk.admit(question(ONE, "c"));
    assertThat(desk.giveUp(question(ONE, "c"))).isTrue();
    assertThat(desk.giveUp(question(ONE, "c"))).isFalse();
    assertThat(desk.giveUp(question(ONE, "a"))).as("it was sent").isFalse();
    assertThat(desk.admit(question(ONE, "d"))).isEqualTo(new Admission.Waits());
  }

  @Test
  void whatWasNotSentCannotBeOver() {
    assertThatThrownBy(() -> desk.finish(question(ONE, "a"), ANSWER))
        .isInstanceOf(IllegalStateException.class);
  }

  static Question question(Endpoint endpoint, String query) {
    return new Question(endpoint, endpoint.target(), query, Instant.parse("2026-11-20T14:30:00Z"));
  }

  private static Endpoint endpoint(String address) {
    return new Endpoint(URI.create(address), URI.create(address));
  }
}
