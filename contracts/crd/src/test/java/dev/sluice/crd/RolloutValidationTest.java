package dev.sluice.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RolloutValidationTest {

  private static final JsonNode TABLE = Resources.json("validation-cases.json");

  /** What Argo's own validation answers, its first error only. */
  static Stream<JsonNode> cases() {
    return Resources.stream(TABLE.get("cases"));
  }

  /**
   * What Argo's controller wrote into the condition; empty where its error was about another
   * object.
   */
  static Stream<JsonNode> recorded() {
    return Resources.rows("recorded-validation.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theFirstErrorIsArgos(JsonNode row) {
    JsonNode spec = merge(TABLE.get("base"), row.get("patch"));

    assertThat(error(spec))
        .as(row.get("about").textValue())
        .isEqualTo(row.get("error").textValue());
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void theConditionSaysWhatArgosSaid(JsonNode row) {
    String name = row.get("name").textValue();
    String error = error(row.get("spec"));

    String message = error.isEmpty() ? "" : RolloutValidation.message(name, error);
    assertThat(message).isEqualTo(row.get("message").textValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'replicas':'many'}                                       | spec.replicas: Invalid value: "many": must be a whole number
          {'strategy':{'canary':{'steps':{'setWeight':5}}}}         | spec.strategy.canary.steps: Invalid value: {"setWeight":5}: must be a list
          {'strategy':{'canary':{'steps':[{'setWeight':5},'x']}}}   | spec.strategy.canary.steps: Invalid value: [{"setWeight":5},"x"]: element 1 must be an object
          {'template':{'spec':{'containers':[{'name':5}]}}}         | spec.template: Internal error: spec.template.spec.containers[0].name: must be a string, but is 5
          {'template':null}                                         | spec.template.spec.containers: Required value
          {'strategy':{'canary':{'replicaProgressThreshold':{'type':'Percentage','value':50}}}} | \
          spec.strategy.replicaProgressThreshold.type: Unsupported value: "Percentage": supported values: "Percent", "Pods"
          """)
  void whatArgoCannotTellIsNamedToo(String patch, String error) {
    assertThat(error(merge(TABLE.get("base"), Resources.parse(patch)))).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'nginx':{'stableIngress':'a'}}                            | ~~
          {'nginx':{'stableIngress':'a','stableIngresses':['b']}}    | nginx: Internal error: Either StableIngress or StableIngresses must be configured. Both are configured.
          {'nginx':{'annotationPrefix':'x'}}                         | nginx: Internal error: Either StableIngress or StableIngresses must be configured. Neither are configured.
          {'alb':{'servicePort':80,'ingresses':['a']}}               | ~~
          {'alb':{'servicePort':80,'ingress':'a','ingresses':['b']}} | alb: Internal error: Either Ingress or Ingresses must be configured. Both are configured.
          {'alb':{'servicePort':80}}                                 | alb: Internal error: Either Ingress or Ingresses must be configured. Neither are configured.
          {'istio':{'virtualService':{'name':'a'}}}                  | ~~
          {'istio':{}}                                               | istio: Internal error: either VirtualService or VirtualServices must be configured
          {'istio':{'virtualService':{'name':'a'},'virtualServices':[{'name':'b'}]}} | istio: Internal error: either VirtualService or VirtualServices must be configured
          {'ambassador':{'mappings':['a']}}                          | ~~
          {'ambassador':{}}                                          | ambassador.mappings: Invalid value: null: must provide at least one mapping
          """)
  void aRouterKnowsItsObjectsInOneWay(String routing, String error) {
    Rollout rollout = new Rollout();
    rollout.setSpec(
        Struct.read(
            Resources.parse("{'strategy':{'canary':{'trafficRouting':" + routing + "}}}"),
            RolloutSpec.class));

    assertThat(RolloutValidation.validateRouters(rollout).orElse(""))
        .isEqualTo(error.isEmpty() ? "" : "spec.strategy.canary.trafficRouting." + error);
  }

  @Test
  void aSelectorBesideAReferenceHasToBeOne() {
    JsonNode spec =
        merge(
            TABLE.get("base"),
            Resources.parse(
                "{'template':null,'selector':{'matchLabels':{'app':'a b'}},'workloadRef':{}}"));
    assertThat(error(spec))
        .isEqualTo(
            "spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"a b\"}}: invalid label selector");
  }

  @Test
  void theReferencedPodsGoInOneOfThreeWays() {
    JsonNode spec =
        merge(
            TABLE.get("base"),
            Resources.parse("{'template':null,'workloadRef':{'scaleDown':'later'}}"));
    assertThat(error(spec))
        .isEqualTo(
            "spec.workloadRef.scaleDown: Unsupported value: \"later\": supported values: \"never\","
                + " \"onsuccess\", \"progressively\"");
  }

  @Test
  void aRolloutWithoutSpecIsInvalid() {
    assertThat(RolloutValidation.validate(new Rollout())).contains("spec: Required value");
  }

  private static String error(JsonNode spec) {
    Rollout rollout = new Rollout();
    rollout.setSpec(Struct.read(spec, RolloutSpec.class));
    return RolloutValidation.validate(rollout).orElse("");
  }

  private static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode)) {
      return patch;
    }
    ObjectNode merged =
        target instanceof ObjectNode object ? object.deepCopy() : Resources.JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> change : patch.properties()) {
      if (change.getValue().isNull()) {
        merged.remove(change.getKey());
      } else {
        merged.set(change.getKey(), merge(merged.path(change.getKey()), change.getValue()));
      }
    }
    return merged;
  }
}
