package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.system.golden.Observed.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvariantTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  private final List<Observed> log = new ArrayList<>();

  @Test
  void nothingIsWrongWithAnUpdateInOrder() {
    given(true);
    replicaSet("b", 1, 1);
    service("canary", "b");
    weight(10);
    replicaSet("b", 5, 5);
    weight(50);
    replicaSet("b", 10, 10);
    weight(100);
    service("stable", "b");
    status("{currentPodHash: b, stableRS: b, currentStepIndex: 3}");
    weight(0);
    replicaSet("a", 0, 0);

    assertThat(Invariant.violations(log)).isEmpty();
  }

  @Test
  void nothingIsWrongWithAnAbortThatARaiseOnItsWayComesBefore() {
    given(true);
    replicaSet("b", 1, 1);
    service("canary", "b");
    weight(10);
    replicaSet("b", 2, 2);
    status("{currentPodHash: b, stableRS: a, abort: true}");
    status("{currentPodHash: b, stableRS: a, abort: true, abortedAt: T+1}");
    weight(20);
    service("canary", "a");
    weight(0);
    replicaSet("b", 0, 0);

    assertThat(Invariant.violations(log)).isEmpty();
  }

  @Test
  void aWeightThatRisesAfterAnAbortBreaksI2() {
    given(false);
    replicaSet("b", 5, 5);
    service("canary", "b");
    weight(50);
    status("{currentPodHash: b, stableRS: a, abort: true, abortedAt: T+1}");
    weight(0);
    weight(50);
    weight(0);

    assertThat(Invariant.violations(log))
        .singleElement()
        .asString()
        .startsWith("I2")
        .endsWith("weight 0 -> 50 after the abort");
  }

  @Test
  void aWeightThatStaysAfterAnAbortBreaksI2() {
    given(false);
    replicaSet("b", 5, 5);
    service("canary", "b");
    weight(50);
    status("{currentPodHash: b, stableRS: a, abort: true, abortedAt: T+1}");

    assertThat(Invariant.violations(log))
        .containsExactly("I2 at the end: it is aborted, and the weight is 50");
  }

  @Test
  void fewerPodsThanTheShareNeedsBreakI8() {
    given(true);
    replicaSet("b", 5, 5);
    service("canary", "b");
    weight(50);
    replicaSet("a", 4, 4);

    assertThat(Invariant.violations(log))
        .singleElement()
        .asString()
        .startsWith("I8")
        .endsWith("a is scaled from 10 to 4, but has 50 of the traffic");
  }

  @Test
  void noPodsBehindASelectorBreakI8() {
    given(true);
    replicaSet("b", 10, 10);
    service("canary", "b");
    weight(100);
    replicaSet("a", 0, 0);

    assertThat(Invariant.violations(log))
        .singleElement()
        .asString()
        .endsWith("a is scaled from 10 to 0, but has 0 of the traffic");
  }

  @Test
  void withoutARouterTooFewPodsAltogetherBreakI8() {
    rollout("{replicas: 4, strategy: {canary: {maxUnavailable: 1}}}", "{}");
    replicaSet("a", 4, 4);
    replicaSet("b", 1, 0);
    replicaSet("a", 3, 3);
    assertThat(Invariant.violations(log)).isEmpty();

    replicaSet("a", 2, 2);
    assertThat(Invariant.violations(log))
        .singleElement()
        .asString()
        .startsWith("I8")
        .endsWith("a is scaled from 3 to 2, which leaves 2 pods of 3 that are needed");
  }

  @Test
  void aWeightBeforeItsPodsBreaksI9() {
    given(false);
    replicaSet("b", 5, 4);
    service("canary", "b");
    weight(50);

    assertThat(Invariant.violations(log))
        .singleElement()
        .asString()
        .startsWith("I9")
        .endsWith("weight 0 -> 50 on 4 available pods of b, which needs 5");
  }

  @Test
  void aWeightThatSomebodyElseRaisesIsPutBackAndBreaksNothing() {
    given(false);
    replicaSet("b", 1, 1);
    service("canary", "b");
    weight(10, "2.17");
    weight(77, "2.17");
    weight(10, "2.17");

    assertThat(Invariant.violations(log)).isEmpty();
  }

  @Test
  void aWeightOfANewDecisionBeforeItsPodsBreaksI9() {
    given(false);
    replicaSet("b", 1, 1);
    service("canary", "b");
    weight(10, "2.17");
    weight(77, "2.18");

    assertThat(Invariant.violations(log)).singleElement().asString().startsWith("I9");
  }

  @Test
  void aWeightThatGoesBackToPodsThatAreNotThereBreaksI9() {
    given(true);
    replicaSet("b", 5, 5);
    service("canary", "b");
    weight(50);
    replicaSet("a", 5, 5);
    weight(20);

    assertThat(Invariant.violations(log))
        .singleElement()
        .asString()
        .endsWith("weight 50 -> 20 on 5 available pods of a, which needs 8");
  }

  @Test
  void aWeightBeforeTheCanarySelectorBreaksI10() {
    given(false);
    replicaSet("b", 5, 5);
    weight(50);

    assertThat(Invariant.violations(log))
        .singleElement()
        .asString()
        .startsWith("I10")
        .endsWith("weight 0 -> 50, but the canary Service selects 'a'");
  }

  @Test
  void theWeightGoesBackOnlyToTheNewStableSelectorOrItBreaksI10() {
    given(false);
    replicaSet("b", 10, 10);
    service("canary", "b");
    weight(100);
    status("{currentPodHash: b, stableRS: b, currentStepIndex: 3}");
    weight(0);

    assertThat(Invariant.violations(log))
        .singleElement()
        .asString()
        .startsWith("I10")
        .endsWith("weight 100 -> 0, but the stable Service selects 'a'");
  }

  private void given(boolean dynamic) {
    rollout(
        """
        {replicas: 10, strategy: {canary: {canaryService: canary, stableService: stable,
         trafficRouting: {nginx: {}}, dynamicStableScale: %s,
         steps: [{setWeight: 10}, {setWeight: 50}, {setWeight: 100}]}}}
        """
            .formatted(dynamic),
        "{currentPodHash: b, stableRS: a, currentStepIndex: 0}");
    replicaSet("a", 10, 10);
    service("canary", "a");
    service("stable", "a");
    weight(0);
  }

  private String specification;

  private void rollout(String spec, String status) {
    specification = spec;
    status(status);
  }

  private void status(String status) {
    add("rollouts", "{name: app, spec: " + specification + ", status: " + status + "}");
  }

  private void replicaSet(String hash, int replicas, int available) {
    add(
        "replicasets",
        "{name: app-%s, labels: {rollouts-pod-template-hash: %s}, replicas: %d, status: {availableReplicas: %d}}"
            .formatted(hash, hash, replicas, available));
  }

  private void service(String name, String hash) {
    add("services", "{name: %s, selector: {rollouts-pod-template-hash: %s}}".formatted(name, hash));
  }

  private void weight(int weight) {
    add(
        "ingresses",
        "{name: i, annotations: {nginx.ingress.kubernetes.io/canary-weight: '%d'}}"
            .formatted(weight));
  }

  private void weight(int weight, String fence) {
    add(
        "ingresses",
        "{name: i, annotations: {nginx.ingress.kubernetes.io/canary-weight: '%d', sluice.dev/fence: '%s'}}"
            .formatted(weight, fence));
  }

  private void add(String resource, String object) {
    try {
      log.add(new Observed(log.size(), Change.MODIFIED, resource, YAML.readTree(object)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
