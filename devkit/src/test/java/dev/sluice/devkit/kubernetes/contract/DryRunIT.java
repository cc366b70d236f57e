package dev.sluice.devkit.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writes that only say what would come of them. */
@ExtendWith(KubernetesWorld.class)
class DryRunIT {
  @Test
  void aCreationIsCheckedAndNotStored(Api api) {
    String path = api.in("v1", "configmaps");

    Answer tried = api.post(path + "?dryRun=All", "{metadata: {name: a}, data: {k: v}}");

    assertThat(tried.code()).isEqualTo(201);
    assertThat(tried.text("/metadata/uid")).isNotEmpty();
    assertThat(tried.version()).isEmpty();
    assertThat(api.get(path + "/a").code()).isEqualTo(404);
    assertThat(api.post(path + "?dryRun=All", "{metadata: {name: Not_A_Name}}").refusal())
        .isEqualTo("422 Invalid");
  }

  @Test
  void aChangeIsShownAndNotStored(Api api) {
    String path = api.in("v1", "configmaps");
    Answer created = api.post(path, "{metadata: {name: a}, data: {k: v}}");

    Answer patched = api.merge(path + "/a?dryRun=All", "{data: {k: w}}");
    Answer applied =
        api.apply(
            path + "/a?dryRun=All&force=true",
            "one",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: x}}");

    assertThat(patched.text("/data/k")).isEqualTo("w");
    assertThat(applied.text("/data/k")).isEqualTo("x");
    assertThat(api.get(path + "/a").body()).isEqualTo(created.body());
  }

  @Test
  void aDeletionIsOnlyTold(Api api) {
    String path = api.in("v1", "configmaps");
    Answer created = api.post(path, "{metadata: {name: a}}");

    assertThat(api.delete(path + "/a?dryRun=All").code()).isEqualTo(200);
    assertThat(api.delete(path + "/a", "{dryRun: [All]}").code()).isEqualTo(200);
    assertThat(api.delete(path + "?dryRun=All").code()).isEqualTo(200);

    assertThat(api.get(path + "/a").version()).isEqualTo(created.version());
  }

  @Test
  void nothingButAllIsKnown(Api api) {
    Answer refused = api.post(api.in("v1", "configmaps") + "?dryRun=Some", "{metadata: {name: a}}");

    assertThat(refused.refusal()).isEqualTo("422 Invalid");
  }
}
