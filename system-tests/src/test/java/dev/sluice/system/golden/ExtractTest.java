package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExtractTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void aStatusIsTakenAsItIsWrittenWithItsEmptyFields() throws IOException {
    String status = "{phase: Healthy, blueGreen: {}, canary: {}}";
    assertThat(
            extract(
                "rollouts",
                "{metadata: {name: app, generation: 2}, spec: {replicas: 3}, status: %s}"
                    .formatted(status)))
        .isEqualTo(
            YAML.readTree(
                "{name: app, generation: 2, spec: {replicas: 3}, status: " + status + "}"));
  }

  @Test
  void conditionsAreTakenWithoutTheirTimes() throws IOException {
    assertThat(
            extract(
                "rollouts",
                "{metadata: {name: app}, status: {conditions: [{type: A, status: 'True',"
                    + " lastTransitionTime: x, lastUpdateTime: y}]}}"))
        .isEqualTo(YAML.readTree("{name: app, status: {conditions: [{type: A, status: 'True'}]}}"));
  }

  @Test
  void aSelectorIsTakenOfAServiceAndASizeOfAReplicaSet() throws IOException {
    assertThat(extract("services", "{metadata: {name: s}, spec: {selector: {app: a}, ports: []}}"))
        .isEqualTo(YAML.readTree("{name: s, selector: {app: a}}"));
    assertThat(
            extract(
                "replicasets",
                "{metadata: {name: r, labels: {h: x}}, spec: {replicas: 2}, status: {replicas: 1}}"))
        .isEqualTo(YAML.readTree("{name: r, labels: {h: x}, replicas: 2, status: {replicas: 1}}"));
  }

  @Test
  void anEventIsTakenWithWhatItIsAbout() throws IOException {
    assertThat(
            extract(
                "events",
                "{metadata: {name: app.17}, reason: R, type: Normal, message: m,"
                    + " involvedObject: {kind: Rollout, name: app}}"))
        .isEqualTo(
            YAML.readTree("{reason: R, type: Normal, message: m, kind: Rollout, object: app}"));
  }

  private static JsonNode extract(String resource, String full) throws IOException {
    return Extract.of(resource, YAML.readTree(full));
  }
}
