package dev.sluice.devkit.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.devkit.process.FreePorts;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays a Prometheus whose answers stand in the queries: {@code seq("id","0.1,1,empty")} answers
 * its n-th question with the n-th word, and goes on with the last one. Words are numbers, {@code
 * NaN}, {@code empty} (a vector of none), {@code two} (of 1 and 2), {@code scalar:V}, {@code error}
 * (status 400) and {@code 500}. Beside it {@code /web?id=ID&v=JSON} answers any method with the
 * n-th element of a JSON array, where {@code [STATUS, BODY]} gives the status too.
 *
 * <p>A question is an id and a {@code time}: who asks for the same time again gets the same answer
 * again, and the sequence does not move. So a client that lost an answer and asks once more, or
 * that sends two equal queries which it could have coalesced, changes nothing. Queries without a
 * time, and all calls of {@code /web}, are questions of their own.
 */
public final class ScriptedPrometheus implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern SEQUENCE =
      Pattern.compile("\\s*seq\\(\\s*\"([^\"]*)\"\\s*,\\s*\"([^\"]*)\"\\s*\\)\\s*");
  private static final int LONGEST_ADDRESS = 65_536;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Turns queries = new Turns();
  private final Turns webCalls = new Turns();
  private final Clock clock;
  private final int port;

  /**
   * Listens when this returns.
   *
   * @param port 0: a free one
   */
  public ScriptedPrometheus(int port, Clock clock) {
    this.port = port == 0 ? FreePorts.next() : port;
    this.clock = clock;
    var options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(this.port)
            .setMaxInitialLineLength(LONGEST_ADDRESS)
            .setMaxFormAttributeSize(LONGEST_ADDRESS);
    vertx
        .createHttpServer(options)
        .requestHandler(router())
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  /** As an AnalysisTemplate's {@code address} has it. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** How many queries came, repeated ones too. */
  public long queries() {
    return queries.calls();
  }

  /** How many queries of this id came, repeated ones too. */
  public long queries(String id) {
    return queries.calls(id);
  }

  /** How many calls of {@code /web} with this id came. */
  public long webCalls(String id) {
    return webCalls.calls(id);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Router router() {
    var router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false));
    // The parameters of a form are parameters of the request.
    router
        .route("/api/v1/query")
        .handler(context -> send(context, query(context.request().getParam("query"), context)));
    router.route("/web").handler(context -> send(context, web(context)));
    return router;
  }

  private ScriptedReply query(String query, RoutingContext context) {
    Matcher sequence = SEQUENCE.matcher(query == null ? "" : query);
    if (!sequence.matches()) {
      return ScriptedReply.failure(
          400, "bad_data", "invalid parameter \"query\": not of the form seq(\"id\",\"values\")");
    }
    String time = context.request().getParam("time");
    double seconds;
    try {
      seconds = seconds(time);
    } catch (NumberFormatException | DateTimeException unreadable) {
      return ScriptedReply.failure(
          400,
          "bad_data",
          "invalid parameter \"time\": cannot parse \"" + time + "\" to a valid timestamp");
    }
    var words = List.of(sequence.group(2).split(","));
    int turn = queries.take(sequence.group(1), time);
    return ScriptedReply.toQuery(words.get(Math.min(turn, words.size() - 1)).strip(), seconds);
  }

  private double seconds(String time) {
    if (time == null) {
      return clock.millis() / 1_000.0;
    }
    return time.contains("T")
        ? Instant.parse(time).toEpochMilli() / 1_000.0
        : Double.parseDouble(time);
  }

  private ScriptedReply web(RoutingContext context) {
    JsonNode elements;
    try {
      elements = MAPPER.readTree(String.valueOf(context.request().getParam("v")));
    } catch (JsonProcessingException unreadable) {
      return new ScriptedReply(400, "v is no JSON: " + unreadable.getOriginalMessage());
    }
    if (!elements.isArray() || elements.isEmpty()) {
      return new ScriptedReply(400, "v is no array with elements");
    }
    int turn = webCalls.take(String.valueOf(context.request().getParam("id")), null);
    return ScriptedReply.toWeb(elements.get(Math.min(turn, elements.size() - 1)));
  }

  private static void send(RoutingContext context, ScriptedReply reply) {
    context
        .response()
        .setStatusCode(reply.status())
        .putHeader("Content-Type", "application/json")
        .end(reply.body());
  }
}
