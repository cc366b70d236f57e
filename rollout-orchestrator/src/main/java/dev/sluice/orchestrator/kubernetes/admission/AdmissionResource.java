package dev.sluice.orchestrator.kubernetes.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.kubernetes.specification.Judgement;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * Where the API server asks whether a Rollout may be stored. What is wrong with the Rollout itself
 * is refused, in the words that its condition InvalidSpec would have; what is missing beside it is
 * a warning, because objects are applied in any order.
 */
@Path("/admission/rollouts")
public class AdmissionResource {

  private final AdmissionSettings settings;
  private final Surroundings surroundings;

  @Inject
  AdmissionResource(AdmissionSettings settings, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  public Response review(byte[] body) {
    if (!settings.enabled()) {
      return text(Response.Status.NOT_FOUND, "sluice.admission.enabled is false");
    }
    try {
      return Response.ok(answer(AdmissionReview.read(body)).toString(), MediaType.APPLICATION_JSON)
          .build();
    } catch (AdmissionReview.Malformed malformed) {
      return text(Response.Status.BAD_REQUEST, malformed.getMessage());
    }
  }

  private ObjectNode answer(AdmissionReview review) {
    boolean isGoing =
        review.rollout().isEmpty()
            || review.rollout().get().getMetadata().getDeletionTimestamp() != null;
    if (isGoing || !surroundings.isOurs(review.rollout().get())) {
      return review.allowed(List.of());
    }
    Rollout rollout = review.rollout().get();
    Judgement judgement =
        Judgement.of(rollout, surroundings.references(rollout), surroundings.rules());
    // What was stored before anybody asked can still be labelled, marked and deleted.
    return review.isNews() ? review.answer(judgement) : review.allowed(judgement.all());
  }

  private static Response text(Response.Status status, String text) {
    return Response.status(status).type(MediaType.TEXT_PLAIN).entity(text + "\n").build();
  }
}
