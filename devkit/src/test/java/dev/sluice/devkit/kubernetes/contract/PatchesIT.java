package dev.sluice.devkit.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Merge patch and JSON patch. */
@ExtendWith(KubernetesWorld.class)
class PatchesIT {
  @Test
  void aMergePatchSetsReplacesAndRemoves(Api api) {
    String path = CustomKinds.widgets(api);
    api.post(
        path, "{metadata: {name: a}, spec: {note: x, percent: 5, parts: [{name: p}, {name: q}]}}");

    Answer patched =
        api.merge(path + "/a", "{spec: {note: null, percent: 25%, parts: [{name: r, weight: 1}]}}");

    assertThat(patched.code()).isEqualTo(200);
    assertThat(patched.body().path("spec"))
        .isEqualTo(
            Api.tree("{parts: [{name: r, weight: 1}], percent: 25%, replicas: 1, size: small}"));
  }

  @Test
  void aMergePatchOfAnOldVersionConflicts(Api api) {
    String path = CustomKinds.widgets(api);
    String old = api.post(path, "{metadata: {name: a}}").version();
    String current = api.merge(path + "/a", "{spec: {replicas: 2}}").version();

    Answer stale =
        api.merge(
            path + "/a", "{metadata: {resourceVersion: '%s'}, spec: {replicas: 3}}".formatted(old));
    Answer fresh =
        api.merge(
            path + "/a",
            "{metadata: {resourceVersion: '%s'}, spec: {replicas: 3}}".formatted(current));

    assertThat(stale.refusal()).isEqualTo("409 Conflict");
    assertThat(fresh.code()).isEqualTo(200);
    assertThat(fresh.text("/spec/replicas")).isEqualTo("3");
  }

  @Test
  void aJsonPatchAddsReplacesAndRemoves(Api api) {
    String path = api.in("v1", "configmaps");
    api.post(
        path,
        "{metadata: {name: a, annotations: {'sluice.dev/fence': '1.2'}}, data: {k: v, gone: x}}");

    Answer patched =
        api.jsonPatch(
            path + "/a",
            """
            - {op: test, path: /metadata/annotations/sluice.dev~1fence, value: '1.2'}
            - {op: replace, path: /metadata/annotations/sluice.dev~1fence, value: '1.3'}
            - {op: add, path: /data/new, value: n}
            - {op: remove, path: /data/gone}
            """);

    assertThat(patched.code()).isEqualTo(200);
    assertThat(patched.body().path("data")).isEqualTo(Api.tree("{k: v, new: n}"));
    assertThat(patched.text("/metadata/annotations/sluice.dev~1fence")).isEqualTo("1.3");
  }

  @Test
  void aJsonPatchWhoseTestFailsChangesNothing(Api api) {
    String path = api.in("v1", "configmaps");
    Answer created = api.post(path, "{metadata: {name: a}, data: {k: v}}");

    Answer refused =
        api.jsonPatch(
            path + "/a",
            "[{op: replace, path: /data/k, value: w}, {op: test, path: /data/k, value: x}]");

    assertThat(refused.refusal()).isEqualTo("422 Invalid");
    assertThat(api.get(path + "/a").version()).isEqualTo(created.version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json-patch+json   | [{"op":"remove","path":"/data/none"}]      | 422
          application/json-patch+json   | [{"op":"jump","path":"/data/k"}]           | 422
          application/json-patch+json   | {"data":{"k":"w"}}                         | 400
          application/merge-patch+json  | {"data":                                   | 400
          application/merge-patch+json  | {"metadata":{"name":"b"}}                  | 400
          application/json              | {"data":{"k":"w"}}                         | 415
          text/plain                    | hello                                      | 415
          """)
  void aWrongPatchIsRefused(String type, String body, int code, Api api) {
    String path = api.in("v1", "configmaps");
    Answer created = api.post(path, "{metadata: {name: a}, data: {k: v}}");

    Answer refused = api.send("PATCH", path + "/a", "application/json", type, body);

    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.text("/kind")).isEqualTo("Status");
    assertThat(api.get(path + "/a").version()).isEqualTo(created.version());
  }

  @Test
  void aPatchOfWhatIsMissingIsNotFound(Api api) {
    assertThat(api.merge(api.in("v1", "configmaps/none"), "{data: {k: v}}").refusal())
        .isEqualTo("404 NotFound");
  }
}
