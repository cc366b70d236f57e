package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.MetricQuery;
import dev.sluice.events.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class GatewayTest {

  private static final Instant TICK = Instant.parse("2026-11-20T14:30:00Z");
  private static final String ADDRESS = "http://prometheus:9090";

  private final List<String> counted = new ArrayList<>();
  private final SlowProvider provider = new SlowProvider();

  @Test
  void anAnswerComesWithItsQuestion() {
    CompletableFuture<MetricAnswer> answer = ask(gateway(4, 4, Duration.ofMinutes(1)), "up");
    provider.answerNext(
        new Reply(new Outcome.Vector(List.of(1.0)), 7, List.of("ignored histograms")));
    assertThat(answer)
        .isCompletedWithValue(
            new MetricAnswer(
                "up", TICK, 7, new Outcome.Vector(List.of(1.0)), List.of("ignored histograms")));
  }

  @Test
  void equalQuestionsShareOneRequestInFlightAndAfterwards() {
    Gateway gateway = gateway(4, 4, Duration.ofMinutes(1));
    CompletableFuture<MetricAnswer> first = ask(gateway, "up");
    CompletableFuture<MetricAnswer> second = ask(gateway, "up");
    provider.answerNext(DeskTest.ANSWER);
    CompletableFuture<MetricAnswer> third = ask(gateway, "up");
    assertThat(first.join()).isEqualTo(second.join()).isEqualTo(third.join());
    assertThat(provider.asked).hasSize(1);
    assertThat(counted)
        .containsExactly("asked", "sent", "asked", "coalesced", "asked", "coalesced");
  }

  @Test
  void whatIsShedIsOverloadAndNeverAnErrorOfTheProvider() {
    Gateway gateway = gateway(1, 0, Duration.ofMinutes(1));
    ask(gateway, "a");
    assertThat(ask(gateway, "b").join().outcome())
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            outcome -> assertThat(outcome.reason()).isEqualTo(Reason.OVERLOADED));
    assertThat(counted).containsExactly("asked", "sent", "asked", "deferred");
  }

  @Test
  void whoWaitsTooLongIsShedAndWhoWaitsShorterIsSent() {
    Gateway gateway = gateway(1, 5, Duration.ofMillis(20));
    ask(gateway, "a");
    CompletableFuture<MetricAnswer> waits = ask(gateway, "b");
    await().atMost(Duration.ofSeconds(30)).until(waits::isDone);
    assertThat(waits.join().outcome())
        .isEqualTo(
            new Outcome.Unavailable(
                Reason.OVERLOADED, "no place at http://prometheus:9090 within PT0.02S: ask later"));
    Gateway patient = gateway(1, 5, Duration.ofMinutes(1));
    provider.replies.clear();
    ask(patient, "a");
    CompletableFuture<MetricAnswer> next = ask(patient, "b");
    provider.answerNext(DeskTest.ANSWER);
    provider.answerNext(DeskTest.ANSWER);
    assertThat(next.join().outcome()).isEqualTo(DeskTest.ANSWER.outcome());
  }

  @Test
  void anUnlistedAddressIsNotAskedAndNotCountedByName() {
    Gateway gateway = gateway(1, 1, Duration.ofMinutes(1));
    MetricAnswer answer =
        ask(gateway, new Provider.Prometheus("http://evil:1", "up", Duration.ofSeconds(1))).join();
    assertThat(answer.outcome())
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            outcome -> {
              assertThat(outcome.reason()).isEqualTo(Reason.NOT_ALLOWED);
              assertThat(outcome.message()).contains("--allow-endpoint http://evil:1");
            });
    assertThat(provider.asked).isEmpty();
    assertThat(answer.latencyMillis()).isEqualTo(-1);
  }

  @Test
  void aTimeoutIsCappedAndMustBePositive() {
    Gateway gateway = gateway(2, 1, Duration.ofMinutes(1));
    ask(gateway, new Provider.Prometheus(ADDRESS, "a", Duration.ofHours(1)));
    assertThat(provider.timeouts).containsExactly(Duration.ofSeconds(30));
    assertThat(ask(gateway, new Provider.Prometheus(ADDRESS, "b", Duration.ZERO)).join().outcome())
        .isEqualTo(
            new Outcome.Unavailable(Reason.PROVIDER_ERROR, "timeout must be greater than 0"));
  }

  @Test
  void aProviderThatBreaksItsPromiseHoldsNoPlace() {
    Gateway gateway = gateway(1, 0, Duration.ofMinutes(1));
    CompletableFuture<MetricAnswer> broken = ask(gateway, "a");
    provider.replies.removeFirst().completeExceptionally(new IllegalStateException("bug"));
    assertThat(broken.join().outcome()).isInstanceOf(Outcome.Unavailable.class);
    CompletableFuture<MetricAnswer> next = ask(gateway, "b");
    provider.answerNext(DeskTest.ANSWER);
    assertThat(next.join().outcome()).isEqualTo(DeskTest.ANSWER.outcome());
  }

  private Gateway gateway(int concurrency, int waiting, Duration longestWait) {
    return new Gateway(
        EndpointList.of(List.of(ADDRESS)),
        new Limits(concurrency, waiting, 10),
        Duration.ofSeconds(30),
        longestWait,
        provider,
        new Counted());
  }

  private static CompletableFuture<MetricAnswer> ask(Gateway gateway, String query) {
    return ask(gateway, new Provider.Prometheus(ADDRESS, query, Duration.ofSeconds(5)));
  }

  private static CompletableFuture<MetricAnswer> ask(Gateway gateway, Provider provider) {
    return gateway.ask(new MetricQuery(provider, TICK)).toCompletableFuture();
  }

  /** Answers when the test says so. */
  private static final class SlowProvider implements MetricProvider {

    private final List<Question> asked = new ArrayList<>();
    private final List<Duration> timeouts = new ArrayList<>();
    private final List<CompletableFuture<Reply>> replies = new ArrayList<>();

    @Override
    public CompletionStage<Reply> ask(Question question, Duration timeout) {
      asked.add(question);
      timeouts.add(timeout);
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      replies.add(reply);
      return reply;
    }

    void answerNext(Reply reply) {
      replies.removeFirst().complete(reply);
    }
  }

  private final class Counted implements Tally {

    @Override
    public void asked(String endpoint) {
      counted.add("asked");
    }

    @Override
    public void sent(String endpoint) {
      counted.add("sent");
    }

    @Override
    public void coalesced(String endpoint) {
      counted.add("coalesced");
    }

    @Override
    public void deferred(String endpoint) {
      counted.add("deferred");
    }
  }
}
