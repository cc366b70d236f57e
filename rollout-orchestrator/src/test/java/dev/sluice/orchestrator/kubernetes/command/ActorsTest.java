package dev.sluice.orchestrator.kubernetes.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ActorsTest {

  @Test
  void theNewestWriterOfTheFieldWhoIsNotSluice() throws IOException {
    ObjectMeta metadata =
        new YAMLMapper()
            .readValue(
                """
                managedFields:
                  - {manager: kubectl, time: "2026-01-01T00:00:03Z", fieldsV1: {"f:spec": {"f:abort": {}}}}
                  - {manager: old, time: "2026-01-01T00:00:01Z", fieldsV1: {"f:status": {"f:abort": {}}}}
                  - {manager: kubectl-argo-rollouts, time: "2026-01-01T00:00:02Z", fieldsV1: {"f:status": {"f:abort": {}}}}
                  - {manager: sluice, time: "2026-01-01T00:00:04Z", fieldsV1: {"f:status": {"f:abort": {}}}}
                """,
                ObjectMeta.class);
    assertThat(Actors.of(metadata, "status", "abort")).isEqualTo("kubectl-argo-rollouts");
    assertThat(Actors.of(metadata, "status", "promoteFull")).isEqualTo("unknown");
  }

  @Test
  void aServerThatDoesNotSayKnowsNobody() {
    assertThat(Actors.of(new ObjectMeta(), "status", "abort")).isEqualTo("unknown");
  }
}
