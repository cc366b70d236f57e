package dev.sluice.devkit.edge;

import dev.sluice.devkit.process.FreePorts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * An HTTP proxy on 127.0.0.1 that splits requests over pods by the canary annotations of
 * ingress-nginx. The pick is random for each request. Session affinity is not played.
 */
public final class Edge implements AutoCloseable {

  private static final String BACKEND = "backend";

  private final int port = FreePorts.next();
  private final Vertx vertx = Vertx.vertx();
  private final Clock clock;
  private final List<Split> splits = new CopyOnWriteArrayList<>();
  private final Map<String, LongAdder> requestsByPodHash = new ConcurrentHashMap<>();
  private volatile RouteTable table = RouteTable.EMPTY;

  /** Listens on a free port; answers 404 until it has routes. */
  public Edge(Clock clock) {
    this.clock = clock;
    var pool = new PoolOptions().setHttp1MaxSize(200);
    var client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(2_000), pool);
    var proxy =
        HttpProxy.reverseProxy(client)
            .origin(this::connect)
            .addInterceptor(
                new ProxyInterceptor() {
                  @Override
                  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                    return route(context);
                  }
                });
    vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
        .requestHandler(proxy)
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  /** Where users come in. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Every change of how requests of the first route are split, oldest first. */
  public List<Split> splits() {
    return List.copyOf(splits);
  }

  /** How many requests went to pods of each hash since the start. */
  public Map<String, Long> requestsByPodHash() {
    var counts = new ConcurrentHashMap<String, Long>();
    requestsByPodHash.forEach((hash, count) -> counts.put(hash, count.sum()));
    return counts;
  }

  /** Routes by this table from now on. */
  synchronized void set(RouteTable newTable) {
    table = newTable;
    newTable.routes().stream().findFirst().ifPresent(this::remember);
  }

  private void remember(Route route) {
    var split = Split.of(clock.instant(), route);
    if (splits.isEmpty() || !splits.getLast().isSameAs(split)) {
      splits.add(split);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Future<ProxyResponse> route(ProxyContext context) {
    ProxyRequest request = context.request();
    var authority = request.proxiedRequest().authority();
    var route =
        table.find(authority == null ? "" : authority.host(), request.proxiedRequest().path());
    if (route.isEmpty()) {
      return answer(request, 404, "no Ingress for this host and path");
    }
    var backends = route.get().pick(new Facts(request.proxiedRequest()));
    if (backends.isEmpty()) {
      return answer(request, 503, "the stable Service has no pods");
    }
    context.set(BACKEND, new Candidates(backends.get()));
    return context.sendRequest();
  }

  private static Future<ProxyResponse> answer(ProxyRequest request, int status, String text) {
    request.release();
    return Future.succeededFuture(
        request.response().setStatusCode(status).setBody(Body.body(Buffer.buffer(text + "\n"))));
  }

  private Future<HttpClientRequest> connect(ProxyContext context) {
    var candidates = context.get(BACKEND, Candidates.class);
    return connect(context.client(), context.request().getMethod(), candidates);
  }

  /** A pod may have gone a moment ago: where the connection fails, another one is asked. */
  private Future<HttpClientRequest> connect(
      HttpClient client, HttpMethod method, Candidates candidates) {
    Backend backend = candidates.next();
    return client
        .request(
            new RequestOptions().setMethod(method).setHost("127.0.0.1").setPort(backend.port()))
        .onSuccess(request ->
            requestsByPodHash
                .computeIfAbsent(backend.podHash(), hash -> new LongAdder())
                .increment())
        .recover(problem ->
            candidates.hasNext()
                ? connect(client, method, candidates)
                : Future.failedFuture(problem));
  }

  /** The pods of one side, from a random one on. */
  private static final class Candidates {
    private final List<Backend> backends;
    private final int first;
    private int tried;

    Candidates(List<Backend> backends) {
      this.backends = backends;
      first = ThreadLocalRandom.current().nextInt(backends.size());
    }

    boolean hasNext() {
      return tried < backends.size();
    }

    Backend next() {
      return backends.get((first + tried++) % backends.size());
    }
  }

  private record Facts(HttpServerRequest request) implements Route.RequestFacts {
    @Override
    public String header(String name) {
      return request.getHeader(name);
    }

    @Override
    public String cookie(String name) {
      var cookie = request.getCookie(name);
      return cookie == null ? null : cookie.getValue();
    }

    @Override
    public int random(int bound) {
      return 1 + ThreadLocalRandom.current().nextInt(bound);
    }
  }
}
