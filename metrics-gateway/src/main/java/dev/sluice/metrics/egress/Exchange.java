package dev.sluice.metrics.egress;

import dev.sluice.events.MetricAnswer.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * HTTP requests whose answers are bounded in size and, from the request to the last byte, in time.
 */
final class Exchange {

  private final Vertx vertx;
  private final HttpClient http;
  private final Duration limit;
  private final long largest;

  Exchange(Vertx vertx, HttpClient http, Duration limit, long largest) {
    this.vertx = vertx;
    this.http = http;
    this.limit = limit;
    this.largest = largest;
  }

  Future<Egress.Raw> run(RequestOptions options, Buffer body) {
    Promise<Egress.Raw> answer = Promise.promise();
    long timer =
        vertx.setTimer(limit.toMillis(), _ -> answer.tryFail(new TimeoutException("too slow")));
    http.request(options)
        .onFailure(answer::tryFail)
        .onSuccess(request -> {
          // Also where the answer is too large or late: nobody reads the rest of it.
          answer.future().onFailure(_ -> request.reset());
          send(request, body, answer);
        });
    return answer.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  private void send(HttpClientRequest request, Buffer body, Promise<Egress.Raw> answer) {
    request.send(body).onFailure(answer::tryFail).onSuccess(response -> read(response, answer));
  }

  private void read(HttpClientResponse response, Promise<Egress.Raw> answer) {
    Buffer read = Buffer.buffer();
    response.exceptionHandler(answer::tryFail);
    response.endHandler(
        _ -> answer.tryComplete(new Egress.Raw(response.statusCode(), read.getBytes())));
    response.handler(part -> {
      if (read.length() + part.length() > largest) {
        answer.tryFail(
            new Failures.Refused(
                Reason.UNREADABLE, "the answer is larger than " + largest + " bytes"));
      } else {
        read.appendBuffer(part);
      }
    });
  }
}
