package dev.sluice.devkit.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What belongs to whom: spec and status are written apart, and only the spec counts generations.
 */
@ExtendWith(KubernetesWorld.class)
class StatusIT {
  @Test
  void aStatusIsDroppedAtCreate(Api api) {
    String path = CustomKinds.widgets(api);

    Answer created = api.post(path, "{metadata: {name: a}, status: {phase: Good}}");

    assertThat(created.code()).isEqualTo(201);
    assertThat(created.body().has("status")).isFalse();
    assertThat(created.text("/metadata/generation")).isEqualTo("1");
  }

  @Test
  void aWriteOfTheObjectLeavesItsStatusAlone(Api api) {
    String path = CustomKinds.widgets(api);
    api.post(path, "{metadata: {name: a}}");
    api.merge(path + "/a/status", "{status: {phase: Good}}");

    Answer patched = api.merge(path + "/a", "{spec: {replicas: 2}, status: {phase: Bad}}");
    ObjectNode read = Api.object(api.get(path + "/a"));
    read.remove("status");
    Answer replaced = api.put(path + "/a", read);

    assertThat(patched.text("/status/phase")).isEqualTo("Good");
    assertThat(replaced.text("/status/phase")).isEqualTo("Good");
  }

  @Test
  void aWriteOfTheStatusLeavesEverythingElseAlone(Api api) {
    String path = CustomKinds.widgets(api);
    ObjectNode read =
        Api.object(api.post(path, "{metadata: {name: a, labels: {k: v}}, spec: {replicas: 2}}"));
    read.withObject("/spec").put("replicas", 9);
    read.withObject("/metadata/labels").put("k", "other");
    read.withObject("/metadata/annotations").put("new", "one");
    read.withObject("/status").put("phase", "Good");

    Answer written = api.put(path + "/a/status", read);

    assertThat(written.code()).isEqualTo(200);
    assertThat(written.text("/status/phase")).isEqualTo("Good");
    assertThat(written.text("/spec/replicas")).isEqualTo("2");
    assertThat(written.text("/metadata/labels/k")).isEqualTo("v");
    assertThat(written.body().at("/metadata/annotations").isMissingNode()).isTrue();
    assertThat(written.text("/metadata/generation")).isEqualTo("1");
    assertThat(api.get(path + "/a").body()).isEqualTo(written.body());
  }

  @Test
  void aStaleStatusConflicts(Api api) {
    String path = CustomKinds.widgets(api);
    ObjectNode read = Api.object(api.post(path, "{metadata: {name: a}}"));
    api.merge(path + "/a", "{spec: {replicas: 2}}");
    read.withObject("/status").put("phase", "Good");

    assertThat(api.put(path + "/a/status", read).refusal()).isEqualTo("409 Conflict");
    assertThat(
            api.merge(
                    path + "/a/status",
                    "{metadata: {resourceVersion: '%s'}, status: {phase: Good}}"
                        .formatted(read.at("/metadata/resourceVersion").asText()))
                .refusal())
        .isEqualTo("409 Conflict");
    assertThat(api.get(path + "/a").body().has("status")).isFalse();
  }

  @Test
  void theStatusCanBeReadByItself(Api api) {
    String path = CustomKinds.widgets(api);
    api.post(path, "{metadata: {name: a}}");

    assertThat(api.get(path + "/a/status").body()).isEqualTo(api.get(path + "/a").body());
  }

  @Test
  void onlyAChangeOfWhatIsWantedCountsAGeneration(Api api) {
    String path = CustomKinds.widgets(api);
    api.post(path, "{metadata: {name: a}, spec: {replicas: 1}}");

    assertThat(generation(api.merge(path + "/a", "{metadata: {labels: {k: v}}}"))).isEqualTo(1);
    assertThat(generation(api.merge(path + "/a/status", "{status: {phase: Good}}"))).isEqualTo(1);
    assertThat(generation(api.merge(path + "/a", "{spec: {replicas: 1}}"))).isEqualTo(1);
    assertThat(generation(api.merge(path + "/a", "{spec: {replicas: 2}}"))).isEqualTo(2);
  }

  @Test
  void withoutAStatusSubresourceAStatusIsPartOfTheObject(Api api) {
    String path = CustomKinds.gadgets(api);

    Answer created = api.post(path, "{metadata: {name: a}, status: {phase: New}}");
    assertThat(created.text("/status/phase")).isEqualTo("New");
    assertThat(generation(created)).isEqualTo(1);

    Answer patched = api.merge(path + "/a", "{status: {phase: Running}}");
    assertThat(patched.text("/status/phase")).isEqualTo("Running");
    assertThat(generation(patched)).isEqualTo(2);

    assertThat(api.merge(path + "/a", "{status: null}").body().has("status")).isFalse();
    assertThat(api.get(path + "/a/status").code()).isEqualTo(404);
    assertThat(api.merge(path + "/a/status", "{status: {phase: X}}").code()).isEqualTo(404);
  }

  @Test
  void anIngressFollowsTheSameRules(Api api) {
    String path = api.in("networking.k8s.io/v1", "ingresses");
    Answer created =
        api.post(
            path, Samples.ingress("a") + "status: {loadBalancer: {ingress: [{ip: 10.1.1.1}]}}");
    assertThat(created.body().path("status")).isEqualTo(Api.tree("{loadBalancer: {}}"));
    assertThat(generation(created)).isEqualTo(1);

    Answer status =
        api.merge(
            path + "/a/status",
            "{status: {loadBalancer: {ingress: [{ip: 10.1.1.2}]}}, spec: {ingressClassName: other}}");
    assertThat(status.text("/status/loadBalancer/ingress/0/ip")).isEqualTo("10.1.1.2");
    assertThat(status.text("/spec/ingressClassName")).isEqualTo("nginx");

    Answer annotated =
        api.merge(
            path + "/a",
            "{metadata: {annotations: {nginx.ingress.kubernetes.io/canary-weight: '20'}}, status: null}");
    assertThat(annotated.text("/status/loadBalancer/ingress/0/ip")).isEqualTo("10.1.1.2");
    assertThat(generation(annotated)).isEqualTo(1);

    assertThat(generation(api.merge(path + "/a", "{spec: {ingressClassName: other}}")))
        .isEqualTo(2);
  }

  @Test
  void aReplicaSetCountsChangesOfItsSpec(Api api) {
    String path = api.in("apps/v1", "replicasets");
    assertThat(generation(api.post(path, Samples.replicaSet("a", 0)))).isEqualTo(1);

    assertThat(generation(api.merge(path + "/a", "{metadata: {labels: {k: v}}}"))).isEqualTo(1);
    assertThat(generation(api.merge(path + "/a", "{spec: {minReadySeconds: 3}}"))).isEqualTo(2);
  }

  @Test
  void aReplicaSetKeepsItsSelector(Api api) {
    String path = api.in("apps/v1", "replicasets");
    api.post(path, Samples.replicaSet("a", 0));

    Answer refused =
        api.merge(
            path + "/a",
            "{spec: {selector: {matchLabels: {app: b}}, template: {metadata: {labels: {app: b}}}}}");

    assertThat(refused.refusal()).isEqualTo("422 Invalid");
  }

  @Test
  void aScaleShowsAndSetsTheCount(Api api) {
    String path = CustomKinds.widgets(api);
    api.post(path, "{metadata: {name: a}, spec: {replicas: 2}}");
    api.merge(path + "/a/status", "{status: {replicas: 1, selector: 'app=a'}}");

    Answer scale = api.get(path + "/a/scale");
    assertThat(scale.text("/kind")).isEqualTo("Scale");
    assertThat(scale.text("/apiVersion")).isEqualTo("autoscaling/v1");
    assertThat(scale.text("/spec/replicas")).isEqualTo("2");
    assertThat(scale.text("/status/replicas")).isEqualTo("1");
    assertThat(scale.text("/status/selector")).isEqualTo("app=a");

    Answer scaled = api.merge(path + "/a/scale", "{spec: {replicas: 5}}");
    assertThat(scaled.text("/spec/replicas")).isEqualTo("5");
    Answer object = api.get(path + "/a");
    assertThat(object.text("/spec/replicas")).isEqualTo("5");
    assertThat(generation(object)).isEqualTo(2);
    assertThat(object.version()).isEqualTo(scaled.version());
  }

  @Test
  void aStaleScaleConflicts(Api api) {
    String path = api.in("apps/v1", "replicasets");
    api.post(path, Samples.replicaSet("a", 0));
    ObjectNode scale = Api.object(api.get(path + "/a/scale"));
    api.merge(path + "/a", "{metadata: {labels: {k: v}}}");
    scale.withObject("/spec").put("replicas", 4);

    assertThat(api.put(path + "/a/scale", scale).refusal()).isEqualTo("409 Conflict");
    scale.withObject("/metadata").remove("resourceVersion");
    assertThat(api.put(path + "/a/scale", scale).text("/spec/replicas")).isEqualTo("4");
  }

  private static int generation(Answer answer) {
    return answer.body().at("/metadata/generation").asInt();
  }
}
