package dev.sluice.orchestrator.http;

import dev.sluice.events.ImagePushed;
import dev.sluice.orchestrator.PushTopic;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Where registries announce pushes. Answers as soon as the pushes are safe on their topic: 202; 503
 * where that is not known, so that the registry tries again.
 */
@Path("/webhooks/{source}")
public class WebhookResource {

  private static final Logger LOG = Logger.getLogger(WebhookResource.class);

  private final List<WebhookSource> sources;
  private final WebhookSettings settings;
  private final PushTopic topic;
  private final MeterRegistry meters;

  @Inject
  WebhookResource(
      @All List<WebhookSource> sources,
      WebhookSettings settings,
      PushTopic topic,
      MeterRegistry meters) {
    this.sources = sources;
    this.settings = settings;
    this.topic = topic;
    this.meters = meters;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.TEXT_PLAIN)
  public CompletionStage<Response> receive(
      @PathParam("source") String name, @Context HttpHeaders headers, byte[] body) {
    Optional<WebhookSource> source =
        sources.stream().filter(s -> s.name().equals(name)).findFirst();
    Optional<WebhookSettings.Source> configured = Optional.ofNullable(settings.sources().get(name));
    Optional<String> secret =
        configured.flatMap(WebhookSettings.Source::secret).filter(s -> !s.isBlank());
    if (source.isEmpty() || secret.isEmpty()) {
      return answer(Response.Status.NOT_FOUND, "no webhook of this name is configured");
    }
    if (!source.get().isAuthentic(body, headers::getHeaderString, secret.get())) {
      count(name, "refused");
      return answer(Response.Status.UNAUTHORIZED, "the secret is missing or another one");
    }
    try {
      return hand(name, source.get().parse(body, configured.get().registryHost(), Instant.now()));
    } catch (MalformedNotification e) {
      count(name, "malformed");
      LOG.warnf("malformed notification from %s: %s", name, e.getMessage());
      return answer(Response.Status.BAD_REQUEST, e.getMessage());
    }
  }

  private CompletionStage<Response> hand(String source, List<ImagePushed> pushes) {
    if (pushes.isEmpty()) {
      count(source, "irrelevant");
      return answer(Response.Status.ACCEPTED, "no push of a tagged image");
    }
    return topic
        .publish(pushes)
        .handle((_, failure) -> {
          if (failure == null) {
            count(source, "accepted");
            return response(Response.Status.ACCEPTED, pushes.size() + " taken");
          }
          count(source, "failed");
          LOG.warnf("a push from %s is not known to be on its topic: %s", source, failure);
          return response(Response.Status.SERVICE_UNAVAILABLE, "try again");
        });
  }

  private void count(String source, String result) {
    meters.counter("sluice.webhooks", "source", source, "result", result).increment();
  }

  private static CompletionStage<Response> answer(Response.Status status, String text) {
    return CompletableFuture.completedStage(response(status, text));
  }

  private static Response response(Response.Status status, String text) {
    return Response.status(status).entity(text + "\n").build();
  }
}
