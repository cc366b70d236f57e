package dev.sluice.devkit.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How objects go: at once, held back, with their owner, with their namespace. */
@ExtendWith(KubernetesWorld.class)
class DeletionIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void aDeletedObjectIsGone(Api api) {
    String path = api.in("v1", "configmaps");
    Answer created = api.post(path, "{metadata: {name: a}}");

    Answer deleted = api.delete(path + "/a");

    assertThat(deleted.code()).isEqualTo(200);
    assertThat(deleted.text("/kind")).isEqualTo("Status");
    assertThat(deleted.text("/status")).isEqualTo("Success");
    assertThat(deleted.text("/details/uid")).isEqualTo(created.text("/metadata/uid"));
    assertThat(api.get(path + "/a").refusal()).isEqualTo("404 NotFound");
    assertThat(api.delete(path + "/a").refusal()).isEqualTo("404 NotFound");
  }

  @Test
  void theSameNameIsANewObject(Api api) {
    String path = api.in("v1", "configmaps");
    Answer first = api.post(path, "{metadata: {name: a}}");
    api.delete(path + "/a");

    Answer second = api.post(path, "{metadata: {name: a}}");

    assertThat(second.text("/metadata/uid")).isNotEqualTo(first.text("/metadata/uid"));
  }

  @Test
  void aDeletionOfAnotherUidOrVersionConflicts(Api api) {
    String path = api.in("v1", "configmaps");
    Answer created = api.post(path, "{metadata: {name: a}}");
    api.merge(path + "/a", "{data: {k: v}}");

    Answer otherUid = api.delete(path + "/a", "{preconditions: {uid: other}}");
    Answer oldVersion =
        api.delete(
            path + "/a", "{preconditions: {resourceVersion: '%s'}}".formatted(created.version()));

    assertThat(otherUid.refusal()).isEqualTo("409 Conflict");
    assertThat(oldVersion.refusal()).isEqualTo("409 Conflict");
    Answer right =
        api.delete(
            path + "/a", "{preconditions: {uid: '%s'}}".formatted(created.text("/metadata/uid")));
    assertThat(right.code()).isEqualTo(200);
  }

  @Test
  void aFinalizerHoldsAnObjectUntilItIsTakenAway(Api api) {
    String path = CustomKinds.widgets(api);
    api.post(path, "{metadata: {name: a, finalizers: [sluice.dev/hold]}}");

    Answer deleted = api.delete(path + "/a");
    assertThat(deleted.code()).isEqualTo(200);
    assertThat(deleted.text("/metadata/deletionTimestamp")).isNotEmpty();
    assertThat(deleted.text("/metadata/deletionGracePeriodSeconds")).isEqualTo("0");

    String version = api.delete(path + "/a").version();
    assertThat(api.get(path + "/a").version()).isEqualTo(version);
    assertThat(
            api.merge(path + "/a", "{metadata: {finalizers: [sluice.dev/hold, sluice.dev/new]}}")
                .refusal())
        .isEqualTo("422 Invalid");

    assertThat(api.merge(path + "/a", "{metadata: {finalizers: null}}").code()).isEqualTo(200);
    assertThat(api.get(path + "/a").code()).isEqualTo(404);
  }

  @Test
  void aCollectionIsDeletedBySelector(Api api) {
    String path = api.in("v1", "secrets");
    List.of("a", "b")
        .forEach(n -> api.post(path, "{metadata: {name: " + n + ", labels: {go: 'yes'}}}"));
    api.post(path, "{metadata: {name: c}}");

    assertThat(api.delete(path + "?labelSelector=go").code()).isEqualTo(200);

    assertThat(ObjectsIT.names(api.get(path))).isEqualTo("c");
  }

  @Test
  void anObjectGoesWithItsLastOwner(Api api) {
    String path = api.in("v1", "configmaps");
    Answer one = api.post(path, "{metadata: {name: one}}");
    Answer two = api.post(path, "{metadata: {name: two}}");
    Answer child = api.post(path, Samples.ownedConfigMap("child", one));
    api.post(path, Samples.ownedConfigMap("grandchild", child));
    api.post(path, Samples.ownedConfigMap("shared", one, two));

    api.delete(path + "/one", "{propagationPolicy: Background}");

    await().atMost(LIMIT).until(() -> api.get(path + "/grandchild").code() == 404);
    assertThat(api.get(path + "/child").code()).isEqualTo(404);
    assertThat(api.get(path + "/shared").code()).isEqualTo(200);

    api.delete(path + "/two", "{propagationPolicy: Background}");
    await().atMost(LIMIT).until(() -> api.get(path + "/shared").code() == 404);
  }

  @Test
  void inTheForegroundADependentThatBlocksGoesFirst(Api api) {
    String path = api.in("v1", "configmaps");
    Answer owner = api.post(path, "{metadata: {name: owner}}");
    api.post(path, held("child", owner, "blockOwnerDeletion: true"));

    Answer deleted = api.delete(path + "/owner", "{propagationPolicy: Foreground}");

    assertThat(deleted.body().at("/metadata/finalizers"))
        .isEqualTo(Api.tree("[foregroundDeletion]"));
    await()
        .atMost(LIMIT)
        .until(() -> api.get(path + "/child").body().at("/metadata").has("deletionTimestamp"));
    assertThat(api.get(path + "/owner").code()).isEqualTo(200);
    api.merge(path + "/child", "{metadata: {finalizers: null}}");
    await().atMost(LIMIT).until(() -> api.get(path + "/owner").code() == 404);
    assertThat(api.get(path + "/child").code()).isEqualTo(404);
  }

  @Test
  void inTheForegroundNobodyWaitsForADependentThatDoesNotBlock(Api api) {
    String path = api.in("v1", "configmaps");
    Answer owner = api.post(path, "{metadata: {name: owner}}");
    api.post(path, held("child", owner, "blockOwnerDeletion: false"));

    api.delete(path + "/owner", "{propagationPolicy: Foreground}");

    await().atMost(LIMIT).until(() -> api.get(path + "/owner").code() == 404);
    await()
        .atMost(LIMIT)
        .until(() -> api.get(path + "/child").body().at("/metadata").has("deletionTimestamp"));
    api.merge(path + "/child", "{metadata: {finalizers: null}}");
  }

  @Test
  void orphansStayWithoutTheirOwner(Api api) {
    String path = api.in("v1", "configmaps");
    Answer owner = api.post(path, "{metadata: {name: owner}}");
    api.post(path, Samples.ownedConfigMap("child", owner));
    // A real collector must have seen the child before its owner goes.
    await()
        .atMost(LIMIT)
        .until(() -> {
          api.delete(path + "/owner", "{propagationPolicy: Orphan}");
          return api.get(path + "/owner").code() == 404;
        });

    Answer child = api.get(path + "/child");
    assertThat(child.code()).isEqualTo(200);
    assertThat(child.body().at("/metadata").has("ownerReferences")).isFalse();
  }

  @Test
  void anUnknownPropagationPolicyIsRefused(Api api) {
    String path = api.in("v1", "configmaps");
    api.post(path, "{metadata: {name: a}}");

    assertThat(api.delete(path + "/a", "{propagationPolicy: Sideways}").refusal())
        .isEqualTo("422 Invalid");
  }

  @Test
  void anObjectWhoseOwnerIsGoneAlreadyGoesToo(Api api) {
    String path = api.in("v1", "configmaps");
    Answer owner = api.post(path, "{metadata: {name: owner}}");
    api.delete(path + "/owner");

    api.post(path, Samples.ownedConfigMap("late", owner));

    await().atMost(LIMIT).until(() -> api.get(path + "/late").code() == 404);
  }

  @Test
  void aNamespaceTakesItsContentWithIt(Api api) {
    String name = api.namespace() + "-more";
    api.post("/api/v1/namespaces", "{metadata: {name: " + name + "}}");
    String path = "/api/v1/namespaces/" + name;
    api.post(path + "/configmaps", "{metadata: {name: a, finalizers: [sluice.dev/hold]}}");

    Answer deleted = api.delete(path);
    assertThat(deleted.text("/status/phase")).isEqualTo("Terminating");
    await()
        .atMost(LIMIT)
        .until(
            () -> api.get(path + "/configmaps/a").body().at("/metadata").has("deletionTimestamp"));
    assertThat(api.post(path + "/configmaps", "{metadata: {name: b}}").refusal())
        .isEqualTo("403 Forbidden");

    api.merge(path + "/configmaps/a", "{metadata: {finalizers: null}}");
    await().atMost(LIMIT).until(() -> api.get(path).code() == 404);
  }

  @Test
  void aPodOnANodeWaitsForItsEnd(Api api) {
    String path = api.in("v1", "pods");
    String pod = "{metadata: {name: %s}, spec: {containers: [{name: c, image: 'i:1'}]}}";
    api.post(path, pod.formatted("nowhere"));
    api.post(path, pod.formatted("placed"));
    api.post(
        path + "/placed/binding", "{metadata: {name: placed}, target: {kind: Node, name: node}}");

    api.delete(path + "/nowhere");
    Answer placed = api.delete(path + "/placed");

    assertThat(api.get(path + "/nowhere").code()).isEqualTo(404);
    assertThat(placed.text("/metadata/deletionGracePeriodSeconds")).isEqualTo("30");
    assertThat(api.get(path + "/placed").body().at("/metadata").has("deletionTimestamp")).isTrue();
    api.delete(path + "/placed", "{gracePeriodSeconds: 0}");
    assertThat(api.get(path + "/placed").code()).isEqualTo(404);
  }

  private static String held(String name, Answer owner, String blocking) {
    return """
    metadata:
      name: %s
      finalizers: [sluice.dev/hold]
      ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: %s, uid: %s, %s}]
    """
        .formatted(name, owner.text("/metadata/name"), owner.text("/metadata/uid"), blocking);
  }
}
