package dev.sluice.orchestrator.kubernetes.injection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crd.Api;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InjectedMetadataTest {

  private static final InjectedMetadata CANARY =
      new InjectedMetadata(Map.of("role", "canary"), Map.of("note", "c"));
  private static final InjectedMetadata STABLE =
      new InjectedMetadata(Map.of("role", "stable"), Map.of());

  @Test
  void isRememberedAsArgoRolloutsRemembersIt() {
    assertThat(CANARY.text())
        .isEqualTo("{\"labels\":{\"role\":\"canary\"},\"annotations\":{\"note\":\"c\"}}");
    assertThat(STABLE.text()).isEqualTo("{\"labels\":{\"role\":\"stable\"}}");
    assertThat(InjectedMetadata.NONE.text()).isNull();
    assertThat(InjectedMetadata.of(replicaSet(CANARY.text()))).isEqualTo(CANARY);
    assertThat(InjectedMetadata.of(replicaSet("{}"))).isEqualTo(InjectedMetadata.NONE);
    assertThat(InjectedMetadata.of(replicaSet("no JSON"))).isEqualTo(InjectedMetadata.NONE);
  }

  @Test
  void onlyWhatWasInjectedIsTakenAway() {
    ObjectMeta seen =
        new ObjectMetaBuilder()
            .addToLabels(Map.of("app", "app", "role", "canary"))
            .addToAnnotations(Map.of("note", "c", "mine", "m"))
            .build();
    assertThat(STABLE.patch(seen, CANARY))
        .hasToString("{\"labels\":{\"role\":\"stable\"},\"annotations\":{\"note\":null}}");
    assertThat(InjectedMetadata.NONE.patch(seen, CANARY))
        .hasToString("{\"labels\":{\"role\":null},\"annotations\":{\"note\":null}}");
  }

  @Test
  void whatIsThereIsNotWrittenAgain() {
    ObjectMeta seen =
        new ObjectMetaBuilder().addToLabels(Map.of("app", "app", "role", "stable")).build();
    assertThat(STABLE.patch(seen, CANARY)).isEmpty();
  }

  private static ReplicaSet replicaSet(String annotation) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .addToAnnotations(Api.EPHEMERAL_METADATA, annotation)
        .endMetadata()
        .build();
  }
}
