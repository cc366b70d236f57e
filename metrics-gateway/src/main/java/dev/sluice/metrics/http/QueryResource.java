package dev.sluice.metrics.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.MetricAnswer;
import dev.sluice.events.MetricQuery;
import dev.sluice.metrics.Gateway;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /v1/query}: a {@link MetricQuery} as JSON, answered by a {@link MetricAnswer}. Every
 * outcome is a 200; a 400 is a question that cannot be understood.
 */
@Path("/v1/query")
@Consumes(MediaType.APPLICATION_JSON)
public class QueryResource {

  private final Gateway gateway;

  QueryResource(Gateway gateway) {
    this.gateway = gateway;
  }

  /** Asks the provider, or whoever asked the same before. */
  @POST
  public CompletionStage<Response> query(byte[] body) {
    MetricQuery asked;
    try {
      asked = MessageCodec.mapper().readValue(body, MetricQuery.class);
    } catch (JsonProcessingException e) {
      return malformed(MessageCodec.explain(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return asked == null ? malformed("it is null") : gateway.ask(asked).thenApply(this::answered);
  }

  private Response answered(MetricAnswer answer) {
    try {
      return Response.ok(
              MessageCodec.mapper().writeValueAsBytes(answer), MediaType.APPLICATION_JSON_TYPE)
          .build();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompletionStage<Response> malformed(String what) {
    return CompletableFuture.completedStage(
        Response.status(Response.Status.BAD_REQUEST)
            .type(MediaType.TEXT_PLAIN_TYPE)
            .entity("The body is no MetricQuery: " + what + "\n")
            .build());
  }
}
