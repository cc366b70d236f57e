package dev.sluice.orchestrator.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.kubernetes.specification.Judgement;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A question of the API server, as {@code admission.k8s.io/v1} writes it.
 *
 * @param uid of the question, which the answer repeats
 * @param rollout as it is to be stored; empty where it is to be deleted, or is of another kind
 * @param isNews whether its spec is another one than the stored
 */
record AdmissionReview(String uid, Optional<Rollout> rollout, boolean isNews) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String VERSION = "admission.k8s.io/v1";
  private static final int UNPROCESSABLE = 422;

  /** It is no question. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String what) {
      super(what, null, false, false);
    }
  }

  /** Reads a question. */
  static AdmissionReview read(byte[] body) throws Malformed {
    JsonNode review = tree(body);
    require(review.path("kind").asText().equals("AdmissionReview"), "kind must be AdmissionReview");
    require(review.path("apiVersion").asText().equals(VERSION), "apiVersion must be " + VERSION);
    JsonNode request = review.path("request");
    require(request.path("uid").isTextual(), "request.uid must be a text");
    JsonNode object = request.path("object");
    boolean isRollout = object.path("kind").asText().equals("Rollout");
    return new AdmissionReview(
        request.path("uid").textValue(),
        isRollout ? Optional.of(rollout(object)) : Optional.empty(),
        !object.path("spec").equals(request.at("/oldObject/spec")));
  }

  /** The answer that lets the object be stored. */
  ObjectNode allowed(List<String> warnings) {
    ObjectNode response = response().put("allowed", true);
    if (!warnings.isEmpty()) {
      warnings.forEach(response.putArray("warnings")::add);
    }
    return answer(response);
  }

  /** The answer to what was judged. */
  ObjectNode answer(Judgement judgement) {
    if (judgement.refusal().isEmpty()) {
      return allowed(judgement.warnings());
    }
    ObjectNode response = response().put("allowed", false);
    response
        .putObject("status")
        .put("code", UNPROCESSABLE)
        .put("reason", "Invalid")
        .put("message", judgement.refusal().get());
    return answer(response);
  }

  private ObjectNode response() {
    return JsonNodeFactory.instance.objectNode().put("uid", uid);
  }

  private static ObjectNode answer(ObjectNode response) {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("apiVersion", VERSION).put("kind", "AdmissionReview");
    review.set("response", response);
    return review;
  }

  private static JsonNode tree(byte[] body) throws Malformed {
    try {
      JsonNode tree = MAPPER.readTree(body);
      require(tree != null && tree.isObject(), "the body must be a JSON object");
      return tree;
    } catch (IOException malformed) {
      throw new Malformed("the body must be a JSON object");
    }
  }

  private static Rollout rollout(JsonNode object) throws Malformed {
    try {
      Rollout rollout = MAPPER.treeToValue(object, Rollout.class);
      require(rollout.getMetadata() != null, "request.object must have metadata");
      return rollout;
    } catch (IOException malformed) {
      throw new Malformed("request.object must be a Rollout");
    }
  }

  private static void require(boolean fact, String otherwise) throws Malformed {
    if (!fact) {
      throw new Malformed(otherwise);
    }
  }
}
