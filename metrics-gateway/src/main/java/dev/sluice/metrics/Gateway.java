package dev.sluice.metrics;

import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.MetricQuery;
import dev.sluice.events.Provider;
import dev.sluice.metrics.Desk.Admission;
import dev.sluice.metrics.EndpointList.Resolution;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Answers questions: asks the desk what to do with each, does it, and tells all who wait. */
public final class Gateway {

  /** In counters: what is asked elsewhere than listed must not make up names there. */
  static final String NOT_LISTED = "not-listed";

  private final EndpointList endpoints;
  private final MetricProvider prometheus;
  private final Tally tally;
  private final Duration longestTimeout;
  private final Duration longestWait;
  private final Desk desk;
  private final Map<Question, Pending> pending = new HashMap<>();

  private record Pending(Duration timeout, CompletableFuture<Reply> reply) {}

  /**
   * Creates one with nothing in flight.
   *
   * @param longestTimeout for one question at a provider, whatever the metric asks for
   * @param longestWait for a place at the provider; after it the question is shed
   */
  public Gateway(
      EndpointList endpoints,
      Limits limits,
      Duration longestTimeout,
      Duration longestWait,
      MetricProvider prometheus,
      Tally tally) {
    this.endpoints = endpoints;
    this.desk = new Desk(limits);
    this.longestTimeout = longestTimeout;
    this.longestWait = longestWait;
    this.prometheus = prometheus;
    this.tally = tally;
  }

  /** Answers, sooner or later, and never with a failure of the future itself. */
  public CompletionStage<MetricAnswer> ask(MetricQuery asked) {
    return switch (asked.provider()) {
      case Provider.Prometheus metric ->
          reply(metric, asked)
              .thenApply(reply ->
                  new MetricAnswer(
                      metric.query(),
                      asked.time(),
                      reply.latencyMillis(),
                      reply.outcome(),
                      reply.warnings()));
    };
  }

  private CompletionStage<Reply> reply(Provider.Prometheus metric, MetricQuery asked) {
    return switch (endpoints.resolve(metric.address())) {
      case Resolution.Refused(var message) -> {
        tally.asked(NOT_LISTED);
        yield done(Reply.unavailable(Reason.NOT_ALLOWED, message));
      }
      case Resolution.Allowed(var endpoint, var target) -> {
        tally.asked(endpoint.name());
        yield metric.timeout().isPositive()
            ? admit(new Question(endpoint, target, metric.query(), asked.time()), metric.timeout())
            : done(Reply.unavailable(Reason.PROVIDER_ERROR, "timeout must be greater than 0"));
      }
    };
  }

  private CompletionStage<Reply> admit(Question question, Duration timeout) {
    Admission admission;
    Pending own;
    synchronized (desk) {
      admission = desk.admit(question);
      own =
          switch (admission) {
            case Admission.Joined _ -> pending.get(question);
            case Admission.Sent _, Admission.Waits _ -> open(question, timeout);
            case Admission.Known _, Admission.Shed _ -> null;
          };
    }
    String name = question.endpoint().name();
    return switch (admission) {
      case Admission.Known(var reply) -> {
        tally.coalesced(name);
        yield done(reply);
      }
      case Admission.Joined _ -> {
        tally.coalesced(name);
        yield own.reply();
      }
      case Admission.Sent _ -> {
        send(question, own);
        yield own.reply();
      }
      case Admission.Waits _ -> {
        CompletableFuture.delayedExecutor(longestWait.toMillis(), TimeUnit.MILLISECONDS)
            .execute(() -> giveUp(question));
        yield own.reply();
      }
      case Admission.Shed(var message) -> {
        tally.deferred(name);
        yield done(Reply.unavailable(Reason.OVERLOADED, message));
      }
    };
  }

  private Pending open(Question question, Duration timeout) {
    Duration capped = timeout.compareTo(longestTimeout) > 0 ? longestTimeout : timeout;
    Pending opened = new Pending(capped, new CompletableFuture<>());
    pending.put(question, opened);
    return opened;
  }

  private void send(Question question, Pending own) {
    tally.sent(question.endpoint().name());
    prometheus
        .ask(question, own.timeout())
        .exceptionally(e -> Reply.unavailable(Reason.UNREACHABLE, "cannot ask: " + e))
        .thenAccept(reply -> finish(question, reply));
  }

  private void finish(Question question, Reply reply) {
    Pending over;
    Pending next;
    Question nextQuestion;
    synchronized (desk) {
      nextQuestion = desk.finish(question, reply).orElse(null);
      over = pending.remove(question);
      next = pending.get(nextQuestion);
    }
    if (nextQuestion != null) {
      send(nextQuestion, next);
    }
    over.reply().complete(reply);
  }

  private void giveUp(Question question) {
    Pending over;
    synchronized (desk) {
      over = desk.giveUp(question) ? pending.remove(question) : null;
    }
    if (over != null) {
      tally.deferred(question.endpoint().name());
      over.reply()
          .complete(
              Reply.unavailable(
                  Reason.OVERLOADED,
                  "no place at %s within %s: ask later"
                      .formatted(question.endpoint().name(), longestWait)));
    }
  }

  private static CompletionStage<Reply> done(Reply reply) {
    return CompletableFuture.completedStage(reply);
  }
}
