package dev.sluice.orchestrator.kubernetes.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.DryRun;
import dev.sluice.crd.MeasurementRetention;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.TemplateMetadata;
import dev.sluice.events.AnalysisRole;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.NoData;
import dev.sluice.events.Provider;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.RunPlan;
import dev.sluice.orchestrator.kubernetes.specification.RunDetails;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunManifestTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void showsAllThatTheUserWroteAndNothingThatIsUsual() throws IOException {
    DryRun dryRun = new DryRun();
    dryRun.metricName = "^pl";
    MeasurementRetention retention = new MeasurementRetention();
    retention.metricName = "m";
    retention.limit = 3;
    TemplateMetadata metadata = new TemplateMetadata();
    metadata.labels = Map.of("mine", "yes", "app", "mine");
    metadata.annotations = Map.of("note", "here");
    AnalysisRun object =
        RunManifest.of(
            YAML.readValue(
                "metadata: {name: app, namespace: shop}\nspec: {selector: {matchLabels: {app: app}}}",
                Rollout.class),
            new OwnerReference(),
            run(),
            new RunDetails(List.of(dryRun), List.of(retention), metadata),
            Map.of("sluice.dev/fence", "2.9"));
    assertThat(object.getMetadata().getName()).isEqualTo("app-v2-2-1");
    assertThat(object.getMetadata().getLabels())
        .isEqualTo(
            Map.of(
                "rollouts-pod-template-hash", "v2",
                "rollout-type", "Step",
                "step-index", "1",
                "mine", "yes",
                "app", "app"));
    assertThat(object.getMetadata().getAnnotations())
        .isEqualTo(
            Map.of("rollout.argoproj.io/revision", "2", "sluice.dev/fence", "2.9", "note", "here"));
    assertThat(json(object.getSpec()))
        .isEqualTo(
            YAML.readTree(
                """
                metrics:
                  - name: m
                    interval: 90s
                    initialDelay: 500ms
                    count: 3
                    successCondition: result[0] < 1
                    failureLimit: 2
                    inconclusiveLimit: 1
                    consecutiveErrorLimit: 0
                    provider:
                      prometheus:
                        address: http://prometheus:9090
                        query: up
                        timeout: 5
                        authentication: {sigv4: {}, oauth2: {}, basicAuth: {}}
                  - name: plain
                    count: 1
                    provider:
                      prometheus:
                        address: http://prometheus:9090
                        query: up
                        authentication: {sigv4: {}, oauth2: {}, basicAuth: {}}
                args: [{name: hashes, value: v2/v1}]
                dryRun: [{metricName: ^pl}]
                measurementRetention: [{metricName: m, limit: 3}]
                """));
    assertThat(json(object.getStatus())).isEqualTo(YAML.readTree("{phase: '', runSummary: {}}"));
  }

  private static Run run() {
    return new Run(
        "u-1/app-v2-2-1",
        "app-v2-2-1",
        AnalysisRole.STEP,
        1,
        2,
        "v2",
        2,
        9,
        Instant.EPOCH,
        Instant.EPOCH,
        new RunPlan(
            List.of(
                new MetricSpec(
                    "m",
                    Duration.ofSeconds(90),
                    Duration.ofMillis(500),
                    3,
                    "result[0] < 1",
                    null,
                    2,
                    1,
                    0,
                    0,
                    false,
                    null,
                    NoData.INCONCLUSIVE,
                    new Provider.Prometheus("http://prometheus:9090", "up", Duration.ofSeconds(5))),
                new MetricSpec(
                    "plain",
                    null,
                    Duration.ZERO,
                    1,
                    null,
                    null,
                    0,
                    0,
                    4,
                    0,
                    true,
                    null,
                    NoData.INCONCLUSIVE,
                    new Provider.Prometheus(
                        "http://prometheus:9090", "up", Duration.ofSeconds(30)))),
            Map.of("hashes", "v2/v1")),
        null,
        "",
        false);
  }

  private static JsonNode json(Object object) throws IOException {
    return YAML.readTree(new ObjectMapper().writeValueAsString(object));
  }
}
