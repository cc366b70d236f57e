package dev.sluice.orchestrator.http;

import dev.sluice.events.ImagePushed;
import dev.sluice.orchestrator.PushTopic;
import dev.sluice.orchestrator.http.WebhookSource.MalformedNotification;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * {@code POST /webhooks/{source}}: 202 when the pushes are safe on their topic, 503 when that is
 * not known, so that the registry comes again.
 */
@Path("/webhooks/{source}")
public class Webhooks {

  private static final Logger LOG = Logger.getLogger(Webhooks.class);

  private final Instance<WebhookSource> sources;
  private final PushTopic topic;

  @Inject
  Webhooks(@Any Instance<WebhookSource> sources, PushTopic topic) {
    this.sources = sources;
    this.topic = topic;
  }

  /** Takes a notification. */
  @POST
  @Produces(MediaType.TEXT_PLAIN)
  @NonBlocking
  public CompletionStage<Response> notify(
      @PathParam("source") String name, @Context HttpHeaders headers, byte[] body) {
    WebhookSource source =
        sources.stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
    if (source == null) {
      return answer(Response.Status.NOT_FOUND, "no such source: " + name);
    }
    if (!source.isAuthentic(body, headers)) {
      return answer(
          Response.Status.UNAUTHORIZED,
          "the secret of sluice.webhooks." + name + ".secret is required");
    }
    List<ImagePushed> pushes;
    try {
      pushes = source.pushes(body, Instant.now());
    } catch (MalformedNotification e) {
      return answer(Response.Status.BAD_REQUEST, e.getMessage());
    }
    return topic
        .publish(pushes)
        .handle((_, failure) -> {
          if (failure == null) {
            return text(Response.Status.ACCEPTED, pushes.size() + " pushes");
          }
          LOG.warnf("pushes of %s are not known to be stored: %s", name, failure);
          return text(Response.Status.SERVICE_UNAVAILABLE, "not known to be stored, come again");
        });
  }

  private static CompletionStage<Response> answer(Response.Status status, String text) {
    return CompletableFuture.completedStage(text(status, text));
  }

  private static Response text(Response.Status status, String text) {
    return Response.status(status).entity(text + "\n").build();
  }
}
