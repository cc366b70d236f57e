package dev.sluice.orchestrator.kubernetes.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventManifestTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.9Z");

  @Test
  void looksAsAnEventOfTheControllerThatToolsKnow() {
    Event event = EventManifest.of(about("app"), "3:0", Told.warning("Why", "because"), NOW);
    assertThat(event.getType()).isEqualTo("Warning");
    assertThat(event.getReason()).isEqualTo("Why");
    assertThat(event.getMessage()).isEqualTo("because");
    assertThat(event.getSource().getComponent()).isEqualTo("rollouts-controller");
    assertThat(event.getFirstTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(event.getInvolvedObject()).isEqualTo(about("app"));
  }

  @Test
  void toldTwiceItHasTheSameName() {
    assertThat(name("app", "3:0")).isEqualTo(name("app", "3:0")).isNotEqualTo(name("app", "3:1"));
  }

  @Test
  void aLongNameIsCutToWhatTheServerTakes() {
    assertThat(name("a".repeat(253), "3:0")).hasSize(253);
  }

  private static String name(String object, String cause) {
    return EventManifest.of(about(object), cause, Told.normal("r", "m"), NOW)
        .getMetadata()
        .getName();
  }

  private static ObjectReference about(String name) {
    return new ObjectReferenceBuilder()
        .withKind("Rollout")
        .withNamespace("shop")
        .withName(name)
        .withUid("u-1")
        .build();
  }
}
