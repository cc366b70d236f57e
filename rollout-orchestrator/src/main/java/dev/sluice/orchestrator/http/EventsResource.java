package dev.sluice.orchestrator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.RolloutEvent;
import dev.sluice.orchestrator.EventLog;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The log of a Rollout, for people and tools at this machine; the same as on its topic. */
@Path("/rollouts/{uid}/events")
public class EventsResource {

  private static final int MOST = 1_000;

  private final EventLog log;

  @Inject
  EventsResource(EventLog log) {
    this.log = log;
  }

  /** The entries behind {@code after}, at most 1,000: ask again behind the last one. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public CompletionStage<String> after(
      @PathParam("uid") String uid, @QueryParam("after") @DefaultValue("0") long after) {
    return log.after(uid, after, MOST).thenApply(EventsResource::json);
  }

  // Written as it was hashed.
  private static String json(List<RolloutEvent> events) {
    try {
      return MessageCodec.mapper().writeValueAsString(events);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
