package dev.sluice.devkit.workload;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The process of {@link Workload}. {@code PUT /pods/NAMESPACE/NAME} with a {@link PlayedPod} makes
 * a pod listen and answers with its port; {@code DELETE} ends it.
 */
final class WorkloadMain {

  /** As a preStop hook does: who routes to the pod learns first that it goes. */
  private static final Duration GRACE = Duration.ofMillis(300);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Vertx vertx;
  private final Map<String, Behaviour> images;
  private final Duration leak;
  private final Map<String, Future<PodServer>> pods = new HashMap<>();

  private WorkloadMain(Vertx vertx, Map<String, Behaviour> images, Duration leak) {
    this.vertx = vertx;
    this.images = images;
    this.leak = leak;
  }

  /**
   * Arguments: control port, milliseconds that a leak takes, and IMAGE=BEHAVIOUR as often as
   * wanted.
   */
  static void main(String[] arguments) {
    var images = new HashMap<String, Behaviour>();
    for (int i = 2; i < arguments.length; i++) {
      int equals = arguments[i].lastIndexOf('=');
      images.put(
          arguments[i].substring(0, equals), Behaviour.valueOf(arguments[i].substring(equals + 1)));
    }
    // One thread: requests are served in turn, and the figures need no locks.
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    var workload = new WorkloadMain(vertx, images, Duration.ofMillis(Long.parseLong(arguments[1])));
    var address =
        new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(arguments[0]));
    vertx
        .createHttpServer(address)
        .requestHandler(workload.router())
        .listen()
        .onFailure(problem -> {
          System.err.println("cannot listen on " + address.getPort() + ": " + problem);
          System.exit(1);
        });
  }

  private Router router() {
    var router = Router.router(vertx);
    router.get("/ready").handler(context -> context.response().end());
    router
        .put("/pods/:namespace/:name")
        .handler(BodyHandler.create(false).setBodyLimit(16_384))
        .handler(this::play);
    router.delete("/pods/:namespace/:name").handler(this::end);
    return router;
  }

  private void play(RoutingContext context) {
    PlayedPod pod;
    try {
      pod = MAPPER.readValue(context.body().buffer().getBytes(), PlayedPod.class);
    } catch (IOException e) {
      context.response().setStatusCode(400).end("not a pod: " + e.getMessage());
      return;
    }
    var behaviour = images.get(pod.image());
    if (behaviour == null) {
      context
          .response()
          .setStatusCode(404)
          .end("there is no image " + pod.image() + "; there are " + images.keySet());
      return;
    }
    pods.computeIfAbsent(key(context), key -> listen(pod, behaviour))
        .onSuccess(server -> context.response().end(Integer.toString(server.port())))
        .onFailure(problem -> {
          pods.remove(key(context));
          context.response().setStatusCode(500).end(problem.getMessage());
        });
  }

  private Future<PodServer> listen(PlayedPod pod, Behaviour behaviour) {
    var server = new PodServer(vertx, pod, behaviour, leak);
    return server.listen().map(server);
  }

  private void end(RoutingContext context) {
    var pod = pods.remove(key(context));
    if (pod == null) {
      context.response().setStatusCode(204).end();
      return;
    }
    long grace = context.queryParam("now").isEmpty() ? GRACE.toMillis() : 1;
    vertx.setTimer(
        grace,
        due ->
            pod.compose(PodServer::close)
                .onComplete(closed -> context.response().setStatusCode(204).end()));
  }

  private static String key(RoutingContext context) {
    return context.pathParam("namespace") + "/" + context.pathParam("name");
  }
}
