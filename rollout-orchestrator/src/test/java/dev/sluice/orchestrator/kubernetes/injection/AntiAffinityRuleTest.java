package dev.sluice.orchestrator.kubernetes.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.crd.AntiAffinity;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AntiAffinityRuleTest {

  private static final String BARE = "spec: {containers: []}";
  private static final String OWN_RULE =
      """
      spec:
        affinity:
          podAntiAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
            - labelSelector: {matchLabels: {app: noisy}}
              topologyKey: zone
      """;

  @Test
  void aRequiredRuleKeepsAwayFromTheStablePodsOfTheNamespace() {
    ObjectNode template = yaml(BARE);
    AntiAffinityRule.inject(template, required(), "shop", "abc");
    assertThat(template)
        .isEqualTo(
            yaml(
                """
                spec:
                  containers: []
                  affinity:
                    podAntiAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                      - labelSelector:
                          matchExpressions:
                          - {key: rollouts-pod-template-hash, operator: In, values: [abc]}
                        namespaces: [shop]
                        topologyKey: kubernetes.io/hostname
                """));
  }

  @Test
  void aPreferredRuleHasItsWeight() {
    ObjectNode template = yaml(BARE);
    AntiAffinityRule.inject(template, preferred(7), "shop", "abc");
    ObjectNode term =
        (ObjectNode)
            template.at(
                "/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/0");
    assertThat(term.path("weight").asInt()).isEqualTo(7);
    assertThat(term.at("/podAffinityTerm/topologyKey").asText())
        .isEqualTo("kubernetes.io/hostname");
  }

  @Test
  void withoutStablePodsThereIsNoRule() {
    ObjectNode template = yaml(BARE);
    AntiAffinityRule.inject(template, required(), "shop", "");
    assertThat(template).isEqualTo(yaml(BARE));
  }

  @Test
  void aNewRuleTakesThePlaceOfTheOldAndUsersRulesStay() {
    ObjectNode template = yaml(OWN_RULE);
    AntiAffinityRule.inject(template, required(), "shop", "abc");
    assertThat(AntiAffinityRule.isAboutAnother(template, "abc")).isFalse();
    assertThat(AntiAffinityRule.isAboutAnother(template, "def")).isTrue();
    AntiAffinityRule.inject(template, preferred(1), "shop", "def");
    assertThat(AntiAffinityRule.isAboutAnother(template, "def")).isFalse();
    AntiAffinityRule.removeFrom(template);
    assertThat(template).isEqualTo(yaml(OWN_RULE));
  }

  private static AntiAffinity required() {
    AntiAffinity antiAffinity = new AntiAffinity();
    antiAffinity.requiredDuringSchedulingIgnoredDuringExecution = new AntiAffinity.Required();
    return antiAffinity;
  }

  private static AntiAffinity preferred(int weight) {
    AntiAffinity antiAffinity = new AntiAffinity();
    antiAffinity.preferredDuringSchedulingIgnoredDuringExecution = new AntiAffinity.Preferred();
    antiAffinity.preferredDuringSchedulingIgnoredDuringExecution.weight = weight;
    return antiAffinity;
  }

  private static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) new YAMLMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
