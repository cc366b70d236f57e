package dev.sluice.devkit.edge;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Users: sends requests at a rate, whatever the answers take, and remembers for an hour which
 * revision answered.
 */
public final class LoadGenerator implements AutoCloseable {

  private static final Duration MEMORY = Duration.ofHours(1);
  private static final int TICK_MILLIS = 10;

  private record Answer(Instant sentAt, String podHash, int status) {}

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final HttpClient client;
  private final RequestOptions target;
  private final String host;
  private final Clock clock;
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final double requestsPerTick;
  private final long timer;
  private double due;

  /**
   * Starts sending.
   *
   * @param url of the edge
   * @param host header of the requests
   * @param requestsPerSecond at least 1
   */
  public LoadGenerator(String url, String host, int requestsPerSecond, Clock clock) {
    this.clock = clock;
    this.host = host;
    requestsPerTick = requestsPerSecond * TICK_MILLIS / 1_000.0;
    target = new RequestOptions().setAbsoluteURI(url + "/").setMethod(HttpMethod.GET);
    target.setTimeout(10_000);
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(2_000),
            new PoolOptions().setHttp1MaxSize(200));
    long start = System.nanoTime();
    timer = vertx.setPeriodic(TICK_MILLIS, tick -> sendDue(start));
  }

  /**
   * Who answered the requests that were sent from {@code since} up to, not including, {@code
   * until}.
   */
  public Shares shares(Instant since, Instant until) {
    var byPodHash = new HashMap<String, Long>();
    long failed = 0;
    long errors = 0;
    for (Answer answer : answers) {
      if (answer.sentAt().isBefore(since) || !answer.sentAt().isBefore(until)) {
        continue;
      }
      if (answer.podHash() == null) {
        failed++;
      } else {
        byPodHash.merge(answer.podHash(), 1L, Long::sum);
        errors += answer.status() >= 500 ? 1 : 0;
      }
    }
    return new Shares(byPodHash, failed, errors);
  }

  /** Up to now. */
  public Shares shares(Instant since) {
    return shares(since, Instant.MAX);
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** By the time since the start, not by ticks: a late timer is made up for. */
  private void sendDue(long start) {
    double wanted = (System.nanoTime() - start) / (TICK_MILLIS * 1_000_000.0) * requestsPerTick;
    // After a stall, no more than a second's worth at once: users do not wait in a queue.
    due = Math.max(due, wanted - requestsPerTick * 1_000 / TICK_MILLIS);
    for (; due < wanted; due++) {
      send();
    }
    Instant oldest = clock.instant().minus(MEMORY);
    while (!answers.isEmpty() && answers.peek().sentAt().isBefore(oldest)) {
      answers.poll();
    }
  }

  private void send() {
    Instant sentAt = clock.instant();
    client
        .request(target)
        .compose(request -> request.putHeader("Host", host).send())
        .compose(response -> response.body().map(body -> response))
        .onSuccess(response -> answers.add(answer(sentAt, response)))
        .onFailure(problem -> answers.add(new Answer(sentAt, null, 0)));
  }

  private static Answer answer(Instant sentAt, HttpClientResponse response) {
    return new Answer(sentAt, response.getHeader("X-Pod-Hash"), response.statusCode());
  }
}
