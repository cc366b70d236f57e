package dev.sluice.orchestrator.kubernetes.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.crd.Rollout;
import dev.sluice.events.NoData;
import dev.sluice.orchestrator.kubernetes.specification.AllowedEndpoints;
import dev.sluice.orchestrator.kubernetes.specification.Fixture;
import dev.sluice.orchestrator.kubernetes.specification.References;
import dev.sluice.orchestrator.kubernetes.specification.Rules;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionResourceTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEAVY = "{spec: {strategy: {canary: {steps: [{setWeight: 101}]}}}}";
  private static final String TOO_HEAVY =
      "The Rollout \"app\" is invalid: spec.strategy.steps[0].setWeight: Invalid value: 101:"
          + " SetWeight needs to be between 0 and 100";

  private final Fixture fixture =
      Fixture.read(Fixture.FOLDER.resolve("base.yaml"))
          .change(
              "AnalysisTemplate/gate",
              yaml(
                  "{spec: {metrics: [{name: m, count: 1,"
                      + " provider: {prometheus: {address: 'http://prometheus:9090', query: up}}}]}}"));
  private boolean isSeen = true;

  @Test
  void aGoodRolloutIsStoredWithoutAWord() throws IOException {
    JsonNode response = response(create());

    assertThat(response).isEqualTo(yaml("{uid: q-1, allowed: true}"));
  }

  @Test
  void aMistakeOfTheRolloutItselfIsRefusedInTheWordsOfItsCondition() throws IOException {
    fixture.change("Rollout/app", yaml(HEAVY));

    JsonNode response = response(create());

    assertThat(response.path("allowed").booleanValue()).isFalse();
    assertThat(response.at("/status/message").textValue()).isEqualTo(TOO_HEAVY);
    assertThat(response.at("/status/code").intValue()).isEqualTo(422);
  }

  @Test
  void whatIsNotDoneYetIsRefusedToo() throws IOException {
    fixture.change(
        "Rollout/app", yaml("{spec: {strategy: {canary: null, blueGreen: {activeService: a}}}}"));

    assertThat(response(create()).at("/status/message").textValue())
        .startsWith("The Rollout \"app\" is invalid: spec.strategy.blueGreen: Forbidden");
  }

  @Test
  void aMissingObjectIsAWarning() throws IOException {
    fixture.change("Service/app-canary", yaml("null"));

    JsonNode response = response(create());

    assertThat(response.path("allowed").booleanValue()).isTrue();
    assertThat(response.path("warnings").toString())
        .isEqualTo(
            "[\"The Rollout \\\"app\\\" is invalid: spec.strategy.canary.canaryService: Invalid value:"
                + " \\\"app-canary\\\": service \\\"app-canary\\\" not found\"]");
  }

  @Test
  void aMissingWorkloadIsAWarning() throws IOException {
    fixture.change(
        "Rollout/app",
        yaml(
            "{spec: {template: null, workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}}}"));

    assertThat(response(create()).at("/warnings/0").textValue())
        .endsWith("deployments.apps \"shop/web\" not found");
  }

  @Test
  void nothingIsSaidOfObjectsBeforeAllWereSeen() throws IOException {
    fixture.change("Service/app-canary", yaml("null"));
    isSeen = false;

    assertThat(response(create())).isEqualTo(yaml("{uid: q-1, allowed: true}"));
  }

  @Test
  void whatWasStoredBeforeAnybodyAskedCanStillBeMarked() throws IOException {
    fixture.change("Rollout/app", yaml(HEAVY));
    ObjectNode review = create();
    ((ObjectNode) review.get("request")).set("oldObject", review.at("/request/object").deepCopy());

    JsonNode response = response(review);

    assertThat(response.path("allowed").booleanValue()).isTrue();
    assertThat(response.at("/warnings/0").textValue()).isEqualTo(TOO_HEAVY);
  }

  @Test
  void whatIsGoingAndWhatIsAnothersIsNotJudged() throws IOException {
    fixture.change("Rollout/app", yaml(HEAVY));
    ObjectNode deletion = create();
    ((ObjectNode) deletion.get("request")).putNull("object");
    assertThat(response(deletion).path("allowed").booleanValue()).isTrue();

    fixture.change("Rollout/app", yaml("{metadata: {labels: {team: others}}}"));
    assertThat(response(create()).path("allowed").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | the body must be a JSON object",
        "[] | the body must be a JSON object",
        "{\"kind\": \"Review\"} | kind must be AdmissionReview",
        "{\"kind\": \"AdmissionReview\", \"apiVersion\": \"admission.k8s.io/v1beta1\"} |"
            + " apiVersion must be admission.k8s.io/v1",
        "{\"kind\": \"AdmissionReview\", \"apiVersion\": \"admission.k8s.io/v1\"} |"
            + " request.uid must be a text",
        "{\"kind\": \"AdmissionReview\", \"apiVersion\": \"admission.k8s.io/v1\", \"request\":"
            + " {\"uid\": \"q\", \"object\": {\"kind\": \"Rollout\", \"metadata\": 1}}} |"
            + " request.object must be a Rollout",
      })
  void whatIsNoQuestionIsToldSo(String body, String says) {
    Response answer = resource(true).review(body.getBytes(UTF_8));

    assertThat(answer.getStatus()).isEqualTo(400);
    assertThat(answer.getEntity()).isEqualTo(says + "\n");
  }

  @Test
  void whereItIsNotSwitchedOnNothingIsThere() throws IOException {
    assertThat(resource(false).review(JSON.writeValueAsBytes(create())).getStatus()).isEqualTo(404);
  }

  private ObjectNode create() {
    ObjectNode review =
        (ObjectNode) yaml("{kind: AdmissionReview, apiVersion: admission.k8s.io/v1}");
    ObjectNode request = review.putObject("request").put("uid", "q-1").put("operation", "CREATE");
    request.set("object", JSON.valueToTree(fixture.rollout()));
    request.putNull("oldObject");
    request.put("dryRun", true);
    return review;
  }

  private JsonNode response(ObjectNode review) throws IOException {
    Response answer = resource(true).review(JSON.writeValueAsBytes(review));
    assertThat(answer.getStatus()).isEqualTo(200);
    JsonNode body = JSON.readTree((String) answer.getEntity());
    assertThat(body.path("kind").textValue()).isEqualTo("AdmissionReview");
    assertThat(body.path("apiVersion").textValue()).isEqualTo("admission.k8s.io/v1");
    return body.path("response");
  }

  private AdmissionResource resource(boolean enabled) {
    return new AdmissionResource(
        () -> enabled,
        new Surroundings() {
          @Override
          public boolean isOurs(Rollout rollout) {
            return rollout.getMetadata().getLabels().get("team").equals("shop");
          }

          @Override
          public Optional<References> references(Rollout rollout) {
            return isSeen ? Optional.of(fixture) : Optional.empty();
          }

          @Override
          public Rules rules() {
            return new Rules(
                AllowedEndpoints.of(List.of("http://prometheus:9090")),
                NoData.INCONCLUSIVE,
                Set.of());
          }
        });
  }

  private static JsonNode yaml(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
