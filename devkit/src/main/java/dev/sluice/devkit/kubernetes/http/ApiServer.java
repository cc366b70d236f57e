package dev.sluice.devkit.kubernetes.http;

import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.KindRegistry;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.GroupResource;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.store.Identities;
import dev.sluice.devkit.kubernetes.store.ObjectStore;
import dev.sluice.devkit.kubernetes.store.Writer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The HTTP server on 127.0.0.1: reads requests, lets others answer, counts. */
public final class ApiServer implements Faults, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ApiServer.class.getName());
  private static final int BODY_LIMIT = 3 * 1024 * 1024;
  private static final int LINE_LIMIT = 64 * 1024;

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
  private final Dispatcher dispatcher;
  private final Watches watches;
  private final Audit audit;
  private volatile HttpServer server;
  private volatile Duration latency = Duration.ZERO;
  private final int port;

  /**
   * @param port 0: a free one
   */
  public ApiServer(
      ObjectStore store,
      Writer writer,
      KindRegistry kinds,
      Identities identities,
      Audit audit,
      int port,
      Duration bookmarkEvery) {
    this.dispatcher = new Dispatcher(store, writer, kinds, identities);
    this.watches = new Watches(vertx, store, identities, bookmarkEvery);
    this.audit = audit;
    this.server = listen(port);
    this.port = server.actualPort();
  }

  public int port() {
    return port;
  }

  @Override
  public void latency(Duration duration) {
    latency = duration;
  }

  @Override
  public void refuse() {
    await(server.close());
  }

  @Override
  public void accept() {
    server = listen(port);
  }

  @Override
  public void dropWatches() {
    watches.drop();
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private HttpServer listen(int wanted) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(wanted)
            .setMaxInitialLineLength(LINE_LIMIT)
            .setCompressionSupported(false);
    return await(vertx.createHttpServer(options).requestHandler(this::receive).listen());
  }

  private void receive(HttpServerRequest http) {
    if (latency.isPositive()) {
      http.pause();
      vertx.setTimer(latency.toMillis(), waited -> read(http.resume()));
    } else {
      read(http);
    }
  }

  private void read(HttpServerRequest http) {
    if ("websocket".equalsIgnoreCase(http.getHeader("Upgrade"))) {
      handle(http, new byte[0]);
      return;
    }
    Buffer body = Buffer.buffer();
    http.handler(part -> {
      if (body.length() <= BODY_LIMIT) {
        body.appendBuffer(part);
      }
    });
    http.endHandler(read -> handle(http, body.getBytes()));
  }

  private void handle(HttpServerRequest http, byte[] body) {
    Request request =
        new Request(http.method().name(), http.path(), http.params(), http.headers(), body);
    try {
      if (body.length > BODY_LIMIT) {
        throw ApiError.tooLarge(BODY_LIMIT);
      }
      Target target = Target.parse(request.path()).orElse(null);
      if (target != null && target.isCollection() && request.isWatch()) {
        watch(http, request, target);
      } else if (request.path().equals("/sluice/audit")) {
        send(http, Reply.ok(audit.json()));
      } else {
        finish(http, request, dispatcher.answer(request));
      }
    } catch (ApiError refused) {
      finish(http, request, Reply.of(refused));
    } catch (RuntimeException bug) {
      LOG.log(Level.SEVERE, request.method() + " " + request.path() + " failed", bug);
      finish(http, request, Reply.of(ApiError.internal(bug.toString())));
    }
  }

  private void watch(HttpServerRequest http, Request request, Target target) {
    Kind kind = dispatcher.kind(target, request.path());
    Watches.Prepared prepared = watches.prepare(request, target, kind, vertx.getOrCreateContext());
    count(request, 200);
    if ("websocket".equalsIgnoreCase(http.getHeader("Upgrade"))) {
      Future<ServerWebSocket> socket = http.toWebSocket();
      socket.onSuccess(open -> watches.run(prepared, WatchSink.of(open)));
    } else {
      watches.run(prepared, WatchSink.of(http.response()));
    }
  }

  private void finish(HttpServerRequest http, Request request, Reply reply) {
    count(request, reply.code());
    send(http, reply);
  }

  private static void send(HttpServerRequest http, Reply reply) {
    HttpServerResponse response = http.response();
    if (response.closed()) {
      return;
    }
    response.setStatusCode(reply.code()).putHeader("Content-Type", "application/json");
    reply
        .warnings()
        .forEach(warning -> response.headers().add("Warning", "299 - " + Json.quoted(warning)));
    response.end(Buffer.buffer(Json.bytes(reply.body())));
  }

  private void count(Request request, int code) {
    Target target = Target.parse(request.path()).orElse(null);
    if (target != null && code != 405) {
      String resource = new GroupResource(target.group(), target.plural()).qualified();
      String verb = Verb.of(request, target).word();
      String userAgent = request.header("User-Agent");
      audit.count(new Audit.Call(userAgent, verb, resource, target.subresource(), code));
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while the API server opened or closed", interrupted);
    } catch (java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException failed) {
      throw new IllegalStateException("the API server could not open or close its port", failed);
    }
  }
}
