package dev.sluice.orchestrator.kubernetes.specification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.crd.PodTemplateHash;
import dev.sluice.crd.Rollout;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.NoData;
import dev.sluice.events.Provider;
import dev.sluice.orchestrator.Arguments;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.RunPlan;
import dev.sluice.orchestrator.Scaling;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.Specification.AbortDelay;
import dev.sluice.orchestrator.Specification.ScaleDown;
import dev.sluice.orchestrator.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;

class SpecificationReaderTest {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Rules RULES =
      new Rules(
          AllowedEndpoints.of(
              List.of(
                  "http://prometheus:9090",
                  "http://plugins.testing:8080/steps",
                  "http://prometheus.monitoring:9090=http://127.0.0.1:1")),
          NoData.INCONCLUSIVE,
          Set.of("switched-off"));

  static Stream<ArgumentSet> unusable() throws IOException {
    List<ArgumentSet> rows = new ArrayList<>();
    for (JsonNode row : YAML.readTree(Fixture.FOLDER.resolve("unusable.yaml").toFile())) {
      rows.add(
          org.junit.jupiter.params.provider.Arguments.argumentSet(
              row.path("name").asText(), row.path("change"), row.path("says").asText()));
    }
    return rows.stream();
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void saysWhatIsWrong(JsonNode change, String says) {
    Fixture fixture = base();
    change.properties().forEach(each -> fixture.change(each.getKey(), each.getValue()));
    assertThat(SpecificationReader.read(fixture.rollout(), fixture, RULES))
        .isEqualTo(new Signal.SpecificationUnusable(3, "The Rollout \"app\" is invalid: " + says));
  }

  @Test
  void fillsInWhatTheUserLeavesOut() {
    Specification read = read(base().change("Rollout/app", yaml("{spec: {replicas: null}}")));
    assertThat(read.generation()).isEqualTo(3);
    assertThat(read.replicas()).isEqualTo(1);
    assertThat(read.selector()).isEqualTo("app=app");
    assertThat(read.images()).containsExactly("registry.example/app:v1");
    assertThat(read.maxWeight()).isEqualTo(100);
    assertThat(read.scaleDownDelay()).hasSeconds(30);
    assertThat(read.abortScaleDownDelay()).isEqualTo(new AbortDelay.After(Duration.ofSeconds(30)));
    assertThat(read.revisionHistoryLimit()).isEqualTo(10);
    assertThat(read.rollbackWindow()).isZero();
    assertThat(read.progressDeadline()).hasSeconds(600);
    assertThat(read.abortOnDeadline()).isFalse();
    assertThat(read.pushRule()).isNull();
  }

  @Test
  void templateAndSelectorAreThoseOfTheReferencedWorkload() {
    Fixture fixture =
        base()
            .change(
                "Rollout/app",
                yaml(
                    """
                    spec:
                      template: null
                      selector: null
                      workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web, scaleDown: onsuccess}
                    """))
            .change(
                "Deployment/web",
                yaml(
                    """
                    metadata: {generation: 7}
                    spec:
                      selector: {matchLabels: {app: app}}
                      template:
                        metadata: {labels: {app: app}}
                        spec:
                          restartPolicy: Always
                          terminationGracePeriodSeconds: 1
                          dnsPolicy: ClusterFirst
                          securityContext: {}
                          schedulerName: default-scheduler
                          containers:
                            - name: main
                              image: registry.example/app:v1
                              resources: {}
                              terminationMessagePath: /dev/termination-log
                              terminationMessagePolicy: File
                              imagePullPolicy: IfNotPresent
                    """));
    Rollout stored = fixture.rollout();

    Specification read = read(fixture);

    assertThat(read.podHash()).as("recorded of Argo Rollouts").isEqualTo("775679694b");
    assertThat(read.selector()).isEqualTo("app=app");
    assertThat(read.images()).containsExactly("registry.example/app:v1");
    assertThat(read.workload())
        .isEqualTo(new Specification.Workload("Deployment", "web", ScaleDown.ON_SUCCESS, 7));
    assertThat(stored.getSpec()).as("what is stored").isEqualTo(fixture.rollout().getSpec());
  }

  @Test
  void anAbortedCanaryWithAShrinkingStableSideGoesAtOnceUnlessTheUserSaysSo() {
    assertThat(canary("{dynamicStableScale: true}").scaleDownDelay()).isZero();
    assertThat(canary("{dynamicStableScale: true}").abortScaleDownDelay())
        .isEqualTo(new AbortDelay.After(Duration.ZERO));
    assertThat(canary("{abortScaleDownDelaySeconds: 0}").abortScaleDownDelay())
        .isEqualTo(new AbortDelay.Never());
    assertThat(
            canary("{dynamicStableScale: true, abortScaleDownDelaySeconds: 7}")
                .abortScaleDownDelay())
        .isEqualTo(new AbortDelay.After(Duration.ofSeconds(7)));
  }

  @Test
  void pausesAreDescribedAsTheUserWroteThem() {
    assertThat(
            canary(
                    """
                    {steps: [{pause: {duration: 2m}}, {pause: {duration: 3}}, {pause: {duration: "4"}},
                      {pause: {duration: 0}}, {pause: {}}]}
                    """)
                .steps())
        .containsExactly(
            new Step.TimedPause(Duration.ofMinutes(2), "2m"),
            new Step.TimedPause(Duration.ofSeconds(3), "3"),
            new Step.TimedPause(Duration.ofSeconds(4), "4"),
            new Step.TimedPause(Duration.ZERO, "0"),
            new Step.EndlessPause());
  }

  @Test
  void emptyStructuresAskForNothing() {
    assertThat(canary("{analysis: {}}").steps()).hasSize(2);
    assertThat(canary("{minPodsPerReplicaSet: 0}").scaling()).isEqualTo(Scaling.PLAIN);
  }

  @Test
  void aSizeOfTheCanaryMayStandBesideAWeightOrAPause() {
    assertThat(
            canary(
                    """
                    {steps: [{setCanaryScale: {replicas: 2}, setWeight: 10},
                      {setCanaryScale: {matchTrafficWeight: true}, pause: {}}]}
                    """)
                .steps())
        .containsExactly(
            new Step.Scaled(new Step.SetCanaryScale.Replicas(2), new Step.SetWeight(10)),
            new Step.Scaled(new Step.SetCanaryScale.MatchTrafficWeight(), new Step.EndlessPause()));
  }

  @Test
  void ofTheWaysToScaleACanaryOneCounts() {
    assertThat(
            canary(
                    """
                    {steps: [{setCanaryScale: {weight: 30, replicas: 2}}, {setCanaryScale: {weight: 30}},
                      {setCanaryScale: {replicas: 2, matchTrafficWeight: true}}, {setCanaryScale: {}},
                      {setCanaryScale: {replicas: 0, matchTrafficWeight: false}}]}
                    """)
                .steps())
        .containsExactly(
            new Step.SetCanaryScale.Replicas(2),
            new Step.SetCanaryScale.Weight(30),
            new Step.SetCanaryScale.MatchTrafficWeight(),
            new Step.SetCanaryScale.MatchTrafficWeight(),
            new Step.SetCanaryScale.Replicas(0));
  }

  @Test
  void numbersOfPodsApartFromTheWeightsAreReadTogether() {
    assertThat(
            canary(
                    """
                    {minPodsPerReplicaSet: 2, replicaProgressThreshold: {type: Pods, value: 3},
                      scaleDownDelayRevisionLimit: 1}
                    """)
                .scaling())
        .isEqualTo(new Scaling(2, new Scaling.Threshold.Pods(3), 1));
    assertThat(
            canary("{replicaProgressThreshold: {type: Percent, value: 80}}").scaling().threshold())
        .isEqualTo(new Scaling.Threshold.Percent(80));
  }

  @Test
  void withoutARouterThePodsAreTheWeightsAndServicesMayBeLeftOut() {
    Specification read = canary("{trafficRouting: null, canaryService: null, stableService: null}");
    assertThat(read.splitting()).isEqualTo(new Specification.Splitting.ByPods());
    assertThat(read.canaryService()).isEmpty();
    assertThat(read.stableService()).isEmpty();
  }

  @Test
  void surgeIsRoundedUpAndWhatMayBeMissingDownButOneOfThemIsNotZero() {
    assertThat(budget("{}")).isEqualTo(new Specification.Budget(2, 1));
    assertThat(budget("{maxSurge: 30%, maxUnavailable: 50%}"))
        .isEqualTo(new Specification.Budget(2, 2));
    assertThat(budget("{maxSurge: 3, maxUnavailable: 0}"))
        .isEqualTo(new Specification.Budget(3, 0));
    assertThat(budget("{maxSurge: 0, maxUnavailable: 1%}"))
        .isEqualTo(new Specification.Budget(0, 1));
  }

  private static Specification.Budget budget(String canary) {
    Fixture fixture = base().change("Rollout/app", yaml("{spec: {replicas: 5}}"));
    return read(fixture.change("Rollout/app", yaml("{spec: {strategy: {canary: " + canary + "}}}")))
        .budget();
  }

  @Test
  void aMetricHasItsLimitsWrittenOut() {
    assertThat(metric(base()))
        .isEqualTo(
            new MetricSpec(
                "m",
                Duration.ofSeconds(30),
                Duration.ZERO,
                3,
                "result[0] < 0.5",
                null,
                0,
                0,
                4,
                0,
                false,
                null,
                NoData.INCONCLUSIVE,
                new Provider.Prometheus("http://prometheus:9090", "up", Duration.ofSeconds(30))));
  }

  @Test
  void argumentsAreFilledWhereverTheyStandAndKeepTheirQuotes() {
    Fixture fixture =
        base()
            .change(
                "Rollout/app",
                yaml(
                    """
                    {spec: {strategy: {canary: {steps: [{analysis: {templates: [{templateName: gate}], args: [
                      {name: svc, value: 'a"b\\c'}, {name: unknown, value: x},
                      {name: new, valueFrom: {podTemplateHashValue: Latest}},
                      {name: old, valueFrom: {podTemplateHashValue: Stable}},
                      {name: team, valueFrom: {fieldRef: {fieldPath: "metadata.labels['team']"}}},
                      {name: stable, valueFrom: {fieldRef: {fieldPath: spec.strategy.canary.stableService}}}]}}]}}}}
                    """))
            .change(
                "AnalysisTemplate/gate",
                yaml(
                    """
                    {spec: {args: [{name: svc, value: default}, {name: n, value: "4"}, {name: new}, {name: old},
                        {name: team}, {name: stable}],
                      metrics: [{name: "m-{{args.svc}}", count: "{{ args.n }}", interval: 30s,
                        provider: {prometheus: {address: "http://prometheus:9090", query:
                          '{{args.svc}} {{args.new}} {{args.old}} {{args.team}} {{args.stable}}'}}}]}}
                    """));
    MetricSpec metric = metric(fixture);
    assertThat(metric.name()).isEqualTo("m-a\"b\\c");
    assertThat(metric.count()).isEqualTo(4);
    assertThat(query(metric))
        .isEqualTo(
            "a\"b\\c " + Arguments.CANARY_HASH + " " + Arguments.STABLE_HASH + " shop app-stable");
  }

  @Test
  void wellKnownArgumentsAreFilledWhereNobodyDeclaresThem() {
    assertThat(
            query(
                metric(
                    asking(
                        "{{args.revision}} {{args.canary-hash}} {{args.stable-hash}} {{args.rollout}} {{args.namespace}}"))))
        .isEqualTo("canary " + Arguments.CANARY_HASH + " " + Arguments.STABLE_HASH + " app shop");
  }

  @Test
  void aDeclaredValueOfAWellKnownArgumentGoesFirst() {
    Fixture fixture =
        asking("{{args.revision}}")
            .change(
                "AnalysisTemplate/gate", yaml("{spec: {args: [{name: revision, value: mine}]}}"));
    assertThat(query(metric(fixture))).isEqualTo("mine");
  }

  @Test
  void aPassedValueOfAWellKnownArgumentGoesFirst() {
    Fixture fixture =
        asking("{{args.revision}}")
            .change(
                "Rollout/app",
                yaml(
                    """
                    {spec: {strategy: {canary: {steps: [{analysis: {templates: [{templateName: gate}],
                      args: [{name: revision, value: theirs}]}}]}}}}
                    """));
    assertThat(query(metric(fixture))).isEqualTo("theirs");
  }

  @Test
  void templatesThatTakeInEachOtherAreReadOnce() {
    Fixture fixture =
        base()
            .change("AnalysisTemplate/gate", yaml("{spec: {templates: [{templateName: two}]}}"))
            .change(
                "AnalysisTemplate/two",
                yaml(
                    """
                    {spec: {templates: [{templateName: gate}, {templateName: gate, clusterScope: true}], dryRun: [{metricName: n}],
                      metrics: [{name: n, provider: {prometheus: {address: "http://prometheus:9090/", query: up}}}]}}
                    """))
            .change(
                "ClusterAnalysisTemplate/gate",
                yaml(
                    """
                    {spec: {metrics: [{name: o, provider: {prometheus: {address: "http://prometheus:9090", query: up}}}]}}
                    """));
    assertThat(metrics(fixture)).extracting(MetricSpec::name).containsExactly("m", "n", "o");
    assertThat(metrics(fixture)).extracting(MetricSpec::dryRun).containsExactly(false, true, false);
  }

  @Test
  void rulesAboutMetricsComeFromTheStepAndItsTemplatesAndTheLastThatMatchesHolds() {
    Fixture fixture = ruled();
    assertThat(metrics(fixture)).extracting(MetricSpec::dryRun).containsExactly(true, true, false);
    assertThat(metrics(fixture))
        .extracting(MetricSpec::measurementRetention)
        .containsExactly(2, 20, null);
  }

  @Test
  void aRunShowsTheRulesAsTheyWereWrittenThoseOfTheStepFirst() {
    RunDetails details = RunDetails.of(ruled().rollout(), run(AnalysisRole.STEP, 0), ruled());
    assertThat(details.dryRun()).extracting(rule -> rule.metricName).containsExactly("^n", "m");
    assertThat(details.retention())
        .extracting(rule -> rule.metricName + " " + rule.limit)
        .containsExactly(". 20", "m 2", "o 0");
  }

  @Test
  void aBackgroundAnalysisNeedsNoEndAndBeginsWithTheFirstStepUnlessTheUserSaysSo() {
    Specification.Background read =
        canary("{analysis: {templates: [{templateName: gate}]}}").background();
    assertThat(read.startingStep()).isZero();
    assertThat(read.plan().metrics()).extracting(MetricSpec::count).containsExactly(3);

    Fixture endless =
        base()
            .change(
                "Rollout/app",
                yaml(
                    """
                    {spec: {strategy: {canary: {steps: [{setWeight: 20}], analysis: {startingStep: 2, templates: [
                      {templateName: gate}, {templateName: all, clusterScope: true}], args: [{name: svc, value: x}]}}}}}
                    """))
            .change(
                "AnalysisTemplate/gate",
                yaml(
                    """
                    {spec: {args: [{name: svc}], metrics: [{name: m, interval: 5s, provider: {prometheus: {
                      address: "http://prometheus:9090", query: 'up{app="{{args.svc}}"}'}}}]}}
                    """))
            .change(
                "ClusterAnalysisTemplate/all",
                yaml(
                    """
                    {spec: {metrics: [{name: n, provider: {prometheus: {address: "http://prometheus:9090", query: up}}}]}}
                    """));
    Specification.Background other = read(endless).background();
    assertThat(other.startingStep()).isEqualTo(2);
    assertThat(other.plan().metrics()).extracting(MetricSpec::count).containsExactly(0, 1);
    assertThat(query(other.plan().metrics().getFirst())).isEqualTo("up{app=\"x\"}");
    assertThat(other.plan().arguments()).isEqualTo(Map.of("svc", "x"));
  }

  @Test
  void anEmptyBackgroundAnalysisIsNone() {
    assertThat(canary("{analysis: {}}").background()).isNull();
  }

  @Test
  void aBackgroundRunShowsItsOwnMetadata() {
    Fixture fixture =
        ruled()
            .change(
                "Rollout/app",
                yaml(
                    """
                    {spec: {strategy: {canary: {analysis: {templates: [{templateName: gate}],
                      dryRun: [{metricName: o}], analysisRunMetadata: {labels: {team: shop}}}}}}}
                    """));
    RunDetails details =
        RunDetails.of(fixture.rollout(), run(AnalysisRole.BACKGROUND, -1), fixture);
    assertThat(details.metadata().labels).isEqualTo(Map.of("team", "shop"));
    assertThat(details.dryRun()).extracting(rule -> rule.metricName).containsExactly("o", "m");
  }

  @Test
  void whatStatusSaysIsAskedWhenTheRunStarts() {
    Fixture fixture =
        base()
            .change(
                "Rollout/app",
                yaml(
                    """
                    {status: {stableRS: early}, spec: {strategy: {canary: {steps: [{analysis: {templates: [{templateName: gate}],
                      args: [{name: stable, valueFrom: {fieldRef: {fieldPath: status.stableRS}}}]}}]}}}}
                    """))
            .change(
                "AnalysisTemplate/gate",
                yaml(
                    """
                    {spec: {args: [{name: stable}], metrics: [{name: m, provider: {prometheus: {
                      address: "http://prometheus:9090", query: '{{args.stable}}'}}}]}}
                    """));
    assertThat(query(metric(fixture)))
        .isEqualTo(Arguments.ofStatus("status.stableRS").orElseThrow());
  }

  @Test
  void aTemplateFillsTheValueThatAnotherOneLeavesOpen() {
    Fixture fixture =
        base()
            .change(
                "AnalysisTemplate/gate",
                yaml(
                    """
                    {spec: {templates: [{templateName: two}], args: [{name: svc}], metrics: [{name: m, provider: {prometheus: {
                      address: "http://prometheus:9090", query: '{{args.svc}}'}}}]}}
                    """))
            .change("AnalysisTemplate/two", yaml("{spec: {args: [{name: svc, value: shop}]}}"));
    assertThat(query(metric(fixture))).isEqualTo("shop");
  }

  @Test
  void aTemplateMaySayWhatNoDataMeans() {
    Fixture fixture =
        base()
            .change(
                "AnalysisTemplate/gate",
                yaml("{metadata: {annotations: {sluice.dev/no-data: error}}}"));
    assertThat(metric(fixture).noData()).isEqualTo(NoData.ERROR);
  }

  @Test
  void imagePushesAreOptedInToByAnnotations() {
    Fixture fixture =
        base()
            .change(
                "Rollout/app",
                yaml(
                    """
                    {metadata: {annotations: {sluice.dev/image-repository: registry.example/app,
                      sluice.dev/image-tag: release}}}
                    """));
    assertThat(read(fixture).pushRule())
        .isEqualTo(new Specification.PushRule("registry.example/app", "release"));
  }

  @Test
  void hashesAreThoseThatArgoRolloutsWouldGive() {
    Fixture fixture =
        base()
            .change(
                "Rollout/app",
                yaml(
                    """
                    {spec: {template: {metadata: {labels: {tier: null}}, spec: {terminationGracePeriodSeconds: 1, containers: [
                      {name: main, image: "registry.example/app:v1", ports: [{containerPort: 8080}],
                        resources: {requests: {cpu: 5m, memory: 16Mi}}}]}}}}
                    """));
    assertThat(read(fixture).podHash()).isEqualTo("6589c5c9db");
  }

  @Test
  void theCheckoutExampleIsReadAsItsTeamWroteIt() {
    Path folder = Path.of("../deploy/examples/checkout-service");
    Fixture fixture =
        Fixture.read(folder.resolve("checkout-service.yaml"), folder.resolve("ingress.yaml"))
            .change("Rollout/checkout-service", yaml("{metadata: {generation: 1}}"));
    Specification read = read(fixture);
    assertThat(read.replicas()).isEqualTo(5);
    assertThat(read.dynamicStableScale()).isTrue();
    assertThat(read.rollbackWindow()).isEqualTo(3);
    assertThat(read.revisionHistoryLimit()).isEqualTo(3);
    assertThat(read.abortScaleDownDelay()).isEqualTo(new AbortDelay.After(Duration.ofSeconds(30)));
    assertThat(read.steps())
        .extracting(Step::description)
        .containsExactly(
            "setWeight: 5",
            "pause: 2m",
            "analysis",
            "setWeight: 20",
            "pause: 5m",
            "analysis",
            "setWeight: 50",
            "pause: 10m",
            "analysis",
            "setWeight: 100");
    Step.Analysis last = (Step.Analysis) read.steps().get(8);
    assertThat(last.plan().metrics())
        .extracting(MetricSpec::name)
        .containsExactly("error-rate", "latency", "memory", "throughput-ratio");
    assertThat(query(last.plan().metrics().getFirst())).contains("revision=\"canary\"");
    assertThat(read.pushRule().repository()).isEqualTo("ghcr.io/acme/checkout-service");
  }

  @Test
  void aPluginIsCalledAtItsUrlWithTheRestOfItsConfiguration() {
    Specification read =
        canary(
            """
            {steps: [{plugin: {name: smoke, config: {
              url: "http://Plugins.testing:8080/steps/smoke", suite: checkout, level: 2}}}]}
            """);
    assertThat(read.steps())
        .containsExactly(
            new Step.Plugin(
                "smoke",
                "http://Plugins.testing:8080/steps/smoke",
                "{\"suite\":\"checkout\",\"level\":2}",
                false));
  }

  @Test
  void aPluginThatIsSwitchedOffNeedsNoAddress() {
    assertThat(canary("{steps: [{plugin: {name: switched-off}}]}").steps())
        .containsExactly(new Step.Plugin("switched-off", "", "{}", true));
  }

  private static Specification canary(String patch) {
    return read(
        base().change("Rollout/app", yaml("{spec: {strategy: {canary: " + patch.strip() + "}}}")));
  }

  private static Fixture ruled() {
    return base()
        .change(
            "Rollout/app",
            yaml(
                """
                {spec: {strategy: {canary: {steps: [{analysis: {templates: [{templateName: gate}],
                  dryRun: [{metricName: ^n}], measurementRetention: [{metricName: ., limit: 20}]}}]}}}}
                """))
        .change(
            "AnalysisTemplate/gate",
            yaml(
                """
                {spec: {templates: [{templateName: two}], dryRun: [{metricName: m}],
                  measurementRetention: [{metricName: m, limit: 2}]}}
                """))
        .change(
            "AnalysisTemplate/two",
            yaml(
                """
                {spec: {measurementRetention: [{metricName: o, limit: 0}], metrics: [
                  {name: n, provider: {prometheus: {address: "http://prometheus:9090", query: up}}},
                  {name: o, provider: {prometheus: {address: "http://prometheus:9090", query: up}}}]}}
                """));
  }

  private static Fixture asking(String query) {
    return base()
        .change(
            "AnalysisTemplate/gate",
            yaml(
                "{spec: {metrics: [{name: m, provider: {prometheus: {address: 'http://prometheus:9090', query: '"
                    + query
                    + "'}}}]}}"));
  }

  private static Specification read(Fixture fixture) {
    Signal signal = SpecificationReader.read(fixture.rollout(), fixture, RULES);
    assertThat(signal).isInstanceOf(Signal.SpecificationObserved.class);
    return ((Signal.SpecificationObserved) signal).specification();
  }

  private static MetricSpec metric(Fixture fixture) {
    return metrics(fixture).getFirst();
  }

  private static List<MetricSpec> metrics(Fixture fixture) {
    return read(fixture).steps().stream()
        .filter(Step.Analysis.class::isInstance)
        .map(step -> ((Step.Analysis) step).plan().metrics())
        .findFirst()
        .orElseThrow();
  }

  private static Run run(AnalysisRole role, int step) {
    return new Run(
        "u-1/app-v2-2",
        "app-v2-2",
        role,
        step,
        2,
        "v2",
        2,
        9,
        Instant.EPOCH,
        Instant.EPOCH,
        new RunPlan(List.of(), Map.of()),
        null,
        "",
        false);
  }

  private static String query(MetricSpec metric) {
    return ((Provider.Prometheus) metric.provider()).query();
  }

  @Test
  void aTemplateThatComesBackAsTheApiServerCompletedItGoesByItsReplicaSetsHash() {
    JsonNode replicaSet =
        yaml(
            """
            metadata:
              creationTimestamp: "2026-08-01T10:00:00Z"
              labels: {rollouts-pod-template-hash: earlier}
            spec:
              template:
                metadata: {labels: {app: app, tier: web, rollouts-pod-template-hash: earlier}}
                spec:
                  restartPolicy: Always
                  dnsPolicy: ClusterFirst
                  containers:
                  - name: main
                    image: registry.example/app:v1
                    imagePullPolicy: IfNotPresent
                    ports: [{containerPort: 80, protocol: TCP}]
            """);
    assertThat(read(base().change("ReplicaSet/app-earlier", replicaSet)).podHash())
        .isEqualTo("earlier");

    String other = replicaSet.toString().replace("app:v1", "app:v2");
    assertThat(read(base().change("ReplicaSet/app-earlier", yaml(other))).podHash())
        .isEqualTo(read(base()).podHash());
  }

  @Test
  void aReplicaSetKeepsTheNameThatAnEarlierArgoRolloutsGaveIt() {
    String earlier = PodTemplateHash.upTo18(base().rollout().getSpec().template, null);
    JsonNode replicaSet =
        yaml(
            """
            metadata: {creationTimestamp: "2026-08-01T10:00:00Z", labels: {rollouts-pod-template-hash: %s}}
            spec: {template: {spec: {containers: []}}}
            """
                .formatted(earlier));
    assertThat(read(base().change("ReplicaSet/app-earlier", replicaSet)).podHash())
        .isEqualTo(earlier)
        .isNotEqualTo(read(base()).podHash());
  }

  @Test
  void whatControllersInjectedIntoATemplateIsNoneOfIt() {
    assertThat(read(injected()).podHash()).as("in the ReplicaSet alone").isEqualTo("old");

    JsonNode template = yaml("{spec: {template: {metadata: {labels: {role: stable}}}}}");
    assertThat(read(injected().change("Rollout/app", template)).podHash())
        .as("copied into the Rollout by an undo")
        .isEqualTo("old");

    JsonNode users = yaml("{spec: {template: {metadata: {labels: {role: mine}}}}}");
    assertThat(read(injected().change("Rollout/app", users)).podHash())
        .as("the user's own label")
        .isNotEqualTo("old");
  }

  @Test
  void ofSeveralReplicaSetsWithOneTemplateTheOldestIsTaken() {
    JsonNode younger =
        yaml(
            "{metadata: {creationTimestamp: '2026-08-02T10:00:00Z', labels: {rollouts-pod-template-hash: young}}}");
    Fixture both = injected();
    both.change("ReplicaSet/app-a", yaml(injectedText().replace("old", "young")))
        .change("ReplicaSet/app-a", younger);
    assertThat(read(both).podHash()).isEqualTo("old");
  }

  private static Fixture injected() {
    return base().change("ReplicaSet/app-old", yaml(injectedText()));
  }

  private static String injectedText() {
    return """
    metadata:
      creationTimestamp: "2026-08-01T10:00:00Z"
      labels: {rollouts-pod-template-hash: old}
      annotations: {rollout.argoproj.io/ephemeral-metadata: '{"labels":{"role":"stable"}}'}
    spec:
      template:
        metadata: {labels: {app: app, tier: web, role: stable, rollouts-pod-template-hash: old}}
        spec:
          serviceAccount: legacy
          containers: [{name: main, image: "registry.example/app:v1", ports: [{containerPort: 80}]}]
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
              - labelSelector:
                  matchExpressions: [{key: rollouts-pod-template-hash, operator: In, values: [older]}]
                namespaces: [shop]
                topologyKey: kubernetes.io/hostname
    """;
  }

  private static Fixture base() {
    return Fixture.read(Fixture.FOLDER.resolve("base.yaml"));
  }

  private static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
