package dev.sluice.devkit.workload;

import dev.sluice.devkit.process.FreePorts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** One pod: a port that answers, until the pod is gone. */
final class PodServer {

  private final Vertx vertx;
  private final PlayedPod pod;
  private final Behaviour behaviour;
  private final int port = FreePorts.next();
  private final PodMetrics metrics;
  private final HttpServer server;
  private long requests;

  /**
   * @param leak how long a leak takes from half of the limit to all of it
   */
  PodServer(Vertx vertx, PlayedPod pod, Behaviour behaviour, Duration leak) {
    this.vertx = vertx;
    this.pod = pod;
    this.behaviour = behaviour;
    long startedAt = System.nanoTime();
    metrics =
        new PodMetrics(
            pod,
            () ->
                Math.round(
                    pod.memoryLimitBytes()
                        * behaviour.memory(Duration.ofNanos(System.nanoTime() - startedAt), leak)));
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
            .requestHandler(this::handle);
  }

  int port() {
    return port;
  }

  PlayedPod pod() {
    return pod;
  }

  Future<Integer> listen() {
    return server.listen().map(port);
  }

  Future<Void> close() {
    return server.close();
  }

  private void handle(HttpServerRequest request) {
    if (request.path().equals("/metrics")) {
      request.response().putHeader("Content-Type", "text/plain; version=0.0.4").end(metrics.text());
    } else {
      serve(request);
    }
  }

  private void serve(HttpServerRequest request) {
    long received = System.nanoTime();
    long number = ++requests;
    int status = behaviour.status(number);
    vertx.setTimer(
        behaviour.latency(number).toMillis(),
        due -> {
          metrics.answered(status, Duration.ofNanos(System.nanoTime() - received));
          request
              .response()
              .setStatusCode(status)
              .putHeader("X-Pod", pod.name())
              .putHeader("X-Pod-Hash", pod.podHash())
              .end(pod.name() + " " + pod.image() + "\n");
        });
  }
}
