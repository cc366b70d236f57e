package dev.sluice.devkit.kubernetes.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creating, reading, replacing, listing. */
@ExtendWith(KubernetesWorld.class)
class ObjectsIT {
  @Test
  void aNewObjectGetsUidVersionAndTime(Api api) {
    Answer created = api.post(api.in("v1", "configmaps"), "{metadata: {name: a}, data: {k: v}}");

    assertThat(created.code()).isEqualTo(201);
    assertThat(created.text("/kind")).isEqualTo("ConfigMap");
    assertThat(created.text("/apiVersion")).isEqualTo("v1");
    assertThat(created.text("/metadata/namespace")).isEqualTo(api.namespace());
    assertThat(created.text("/metadata/uid")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(created.text("/metadata/creationTimestamp"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(created.version()).matches("[1-9]\\d*");
    assertThat(api.get(api.in("v1", "configmaps/a")).body()).isEqualTo(created.body());
  }

  @Test
  void theServerChoosesUidAndTimeWhateverTheClientSends(Api api) {
    Answer created =
        api.post(
            api.in("v1", "configmaps"),
            "{metadata: {name: a, uid: mine, creationTimestamp: '2001-01-01T00:00:00Z'}}");

    assertThat(created.text("/metadata/uid")).isNotEqualTo("mine");
    assertThat(created.text("/metadata/creationTimestamp")).doesNotStartWith("2001");
  }

  @Test
  void aTakenNameAlreadyExists(Api api) {
    api.post(api.in("v1", "configmaps"), "{metadata: {name: a}}");

    Answer again = api.post(api.in("v1", "configmaps"), "{metadata: {name: a}}");

    assertThat(again.refusal()).isEqualTo("409 AlreadyExists");
    assertThat(again.text("/kind")).isEqualTo("Status");
    assertThat(again.text("/status")).isEqualTo("Failure");
    assertThat(again.text("/message")).isEqualTo("configmaps \"a\" already exists");
    assertThat(again.text("/details/name")).isEqualTo("a");
    assertThat(again.text("/details/kind")).isEqualTo("configmaps");
  }

  @Test
  void aMissingObjectIsNotFound(Api api) {
    Answer missing = api.get(api.in("apps/v1", "replicasets/none"));

    assertThat(missing.refusal()).isEqualTo("404 NotFound");
    assertThat(missing.text("/message")).isEqualTo("replicasets.apps \"none\" not found");
    assertThat(missing.text("/details/group")).isEqualTo("apps");
  }

  @Test
  void aMissingNamespaceIsNotFoundAtCreate(Api api) {
    Answer refused =
        api.post("/api/v1/namespaces/no-such-place/configmaps", "{metadata: {name: a}}");

    assertThat(refused.refusal()).isEqualTo("404 NotFound");
    assertThat(refused.text("/message")).isEqualTo("namespaces \"no-such-place\" not found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {metadata: {}}                                  | 422 Invalid
          {metadata: {name: Not_A_Name}}                  | 422 Invalid
          {metadata: {name: a, labels: {'a b': c}}}       | 422 Invalid
          {metadata: {name: a, labels: {a: 'not fine'}}}  | 422 Invalid
          {kind: Secret, metadata: {name: a}}             | 400 BadRequest
          {apiVersion: v2, metadata: {name: a}}           | 400 BadRequest
          {metadata: {name: a, namespace: elsewhere}}     | 400 BadRequest
          {metadata: {name: a, labels: {a: 1}}}           | 400 BadRequest
          [1]                                             | 400 BadRequest
          """)
  void aWrongObjectIsRefused(String body, String refusal, Api api) {
    assertThat(api.post(api.in("v1", "configmaps"), body).refusal()).isEqualTo(refusal);
  }

  @Test
  void aNewObjectMustNotBringAVersion(Api api) {
    Answer refused =
        api.post(api.in("v1", "configmaps"), "{metadata: {name: a, resourceVersion: '7'}}");

    assertThat(refused.code()).isEqualTo(500);
    assertThat(refused.text("/message"))
        .isEqualTo("resourceVersion should not be set on objects to be created");
  }

  @Test
  void generateNameGetsAnEnd(Api api) {
    Answer first = api.post(api.in("v1", "configmaps"), "{metadata: {generateName: some-}}");
    Answer second = api.post(api.in("v1", "configmaps"), "{metadata: {generateName: some-}}");

    assertThat(first.text("/metadata/name")).matches("some-[a-z0-9]{5}");
    assertThat(second.text("/metadata/name")).isNotEqualTo(first.text("/metadata/name"));
  }

  @Test
  void aStaleReplacementConflicts(Api api) {
    String path = api.in("v1", "configmaps/a");
    ObjectNode read =
        Api.object(api.post(api.in("v1", "configmaps"), "{metadata: {name: a}, data: {k: '1'}}"));
    api.merge(path, "{data: {k: '2'}}");

    Answer stale = api.put(path, read);

    assertThat(stale.refusal()).isEqualTo("409 Conflict");
    assertThat(stale.text("/message"))
        .isEqualTo(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified;"
                + " please apply your changes to the latest version and try again");
    assertThat(api.get(path).text("/data/k")).isEqualTo("2");
  }

  @Test
  void aReplacementWithoutVersionOverwritesABuiltInKind(Api api) {
    String path = api.in("v1", "configmaps/a");
    api.post(api.in("v1", "configmaps"), "{metadata: {name: a}, data: {k: '1'}}");

    Answer replaced = api.put(path, "{metadata: {name: a}, data: {other: '2'}}");

    assertThat(replaced.code()).isEqualTo(200);
    assertThat(api.get(path).body().path("data").toString()).isEqualTo("{\"other\":\"2\"}");
  }

  @Test
  void aReplacementOfWhatIsMissingIsNotFound(Api api) {
    Answer refused = api.put(api.in("v1", "configmaps/a"), "{metadata: {name: a}}");

    assertThat(refused.refusal()).isEqualTo("404 NotFound");
  }

  @Test
  void aReplacementUnderAnotherNameIsRefused(Api api) {
    api.post(api.in("v1", "configmaps"), "{metadata: {name: a}}");

    Answer refused = api.put(api.in("v1", "configmaps/a"), "{metadata: {name: b}}");

    assertThat(refused.refusal()).isEqualTo("400 BadRequest");
  }

  @Test
  void aReplacementMeantForAnotherUidConflicts(Api api) {
    api.post(api.in("v1", "configmaps"), "{metadata: {name: a}}");

    Answer refused =
        api.put(
            api.in("v1", "configmaps/a"),
            "{metadata: {name: a, uid: 00000000-0000-4000-8000-000000000000}}");

    assertThat(refused.refusal()).isEqualTo("409 Conflict");
  }

  @Test
  void aWriteThatChangesNothingKeepsTheVersion(Api api) {
    String path = api.in("v1", "configmaps/a");
    Answer created = api.post(api.in("v1", "configmaps"), "{metadata: {name: a}, data: {k: v}}");

    assertThat(api.put(path, created.body()).version()).isEqualTo(created.version());
    assertThat(api.merge(path, "{data: {k: v}}").version()).isEqualTo(created.version());
    assertThat(api.get(path).version()).isEqualTo(created.version());
  }

  @Test
  void versionsRiseWithEveryChange(Api api) {
    String path = api.in("v1", "configmaps/a");
    long first =
        Long.parseLong(
            api.post(api.in("v1", "configmaps"), "{metadata: {name: a}, data: {k: v}}").version());

    long second = Long.parseLong(api.merge(path, "{data: {k: w}}").version());

    assertThat(second).isGreaterThan(first);
    assertThat(Long.parseLong(api.get(api.in("v1", "configmaps")).version()))
        .isGreaterThanOrEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          app=web                 | a,b
          app==web                | a,b
          app!=web                | c,d
          app=web,tier!=canary    | a
          app in (web, db)        | a,b,c
          app notin (web,db)      | d
          tier in (canary),app    | b
          tier                    | a,b
          !tier                   | c,d
          app=web,tier notin (x)  | a,b
          app=none                |
          """)
  void aListIsSelectedByLabels(String selector, String names, Api api) {
    String path = api.in("v1", "configmaps");
    api.post(path, "{metadata: {name: a, labels: {app: web, tier: stable, all: 'yes'}}}");
    api.post(path, "{metadata: {name: b, labels: {app: web, tier: canary, all: 'yes'}}}");
    api.post(path, "{metadata: {name: c, labels: {app: db, all: 'yes'}}}");
    api.post(path, "{metadata: {name: d, labels: {all: 'yes'}}}");

    Answer list = api.get(path + "?labelSelector=" + Api.query("all=yes," + selector));

    assertThat(names(list)).isEqualTo(names == null ? "" : names);
    assertThat(list.text("/kind")).isEqualTo("ConfigMapList");
  }

  @Test
  void anUnreadableLabelSelectorIsRefused(Api api) {
    Answer refused =
        api.get(api.in("v1", "configmaps") + "?labelSelector=" + Api.query("app in web"));

    assertThat(refused.refusal()).isEqualTo("400 BadRequest");
  }

  @Test
  void aListIsSelectedByNameAndNamespace(Api api) {
    String path = api.in("v1", "configmaps");
    api.post(path, "{metadata: {name: a}}");
    api.post(path, "{metadata: {name: b}}");
    String both = Api.query("metadata.name=b,metadata.namespace=" + api.namespace());

    assertThat(names(api.get(path + "?fieldSelector=" + Api.query("metadata.name=a"))))
        .isEqualTo("a");
    assertThat(names(api.get("/api/v1/configmaps?fieldSelector=" + both))).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          configmaps | "x.y" is not a known field selector: only "metadata.name", "metadata.namespace"
          pods       | field label not supported: x.y
          events     | field label not supported: x.y
          """)
  void aFieldThatCannotBeSelectedByIsRefused(String plural, String message, Api api) {
    Answer refused = api.get(api.in("v1", plural) + "?fieldSelector=" + Api.query("x.y=v"));

    assertThat(refused.refusal()).isEqualTo("400 BadRequest");
    assertThat(refused.text("/message")).isEqualTo(message);
  }

  @Test
  void pagesTogetherHoldEveryObjectOnce(Api api) {
    String path = api.in("v1", "secrets");
    List.of("a", "b", "c", "d").forEach(n -> api.post(path, "{metadata: {name: " + n + "}}"));

    StringBuilder found = new StringBuilder();
    String next = "";
    do {
      Answer page =
          api.get(path + "?limit=3" + (next.isEmpty() ? "" : "&continue=" + Api.query(next)));
      found.append(names(page).replace(",", ""));
      next = page.text("/metadata/continue");
    } while (!next.isEmpty());

    assertThat(found).hasToString("abcd");
  }

  @Test
  void laterPagesShowTheTimeOfTheFirst(Api api) {
    String path = api.in("v1", "secrets");
    List.of("a", "b", "c").forEach(n -> api.post(path, "{metadata: {name: " + n + "}}"));

    Answer first = api.get(path + "?limit=1");
    api.delete(path + "/b");
    api.post(path, "{metadata: {name: d}}");
    Answer rest = api.get(path + "?continue=" + Api.query(first.text("/metadata/continue")));

    assertThat(names(first)).isEqualTo("a");
    assertThat(first.text("/metadata/remainingItemCount")).isEqualTo("2");
    assertThat(names(rest)).isEqualTo("b,c");
    assertThat(rest.version()).isEqualTo(first.version());
    assertThat(rest.body().path("metadata").has("continue")).isFalse();
  }

  @Test
  void aPageOfAForgottenTimeIsExpiredAndTellsHowToGoOn(Api api) {
    String path = api.in("v1", "secrets");
    List.of("a", "b").forEach(n -> api.post(path, "{metadata: {name: " + n + "}}"));
    String old =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"a\\u0000\"}".getBytes(UTF_8));

    // A real server forgets in intervals.
    Answer expired =
        await()
            .atMost(Duration.ofSeconds(120))
            .until(
                () -> api.get(path + "?limit=1&continue=" + old), answer -> answer.code() != 200);

    assertThat(expired.refusal()).isEqualTo("410 Expired");
    assertThat(expired.text("/message")).startsWith("The provided continue parameter is too old");
    String next = Api.query(expired.text("/metadata/continue"));
    assertThat(names(api.get(path + "?continue=" + next))).isEqualTo("b");
  }

  @Test
  void anUnreadableContinueTokenIsRefused(Api api) {
    assertThat(api.get(api.in("v1", "secrets") + "?limit=1&continue=what").refusal())
        .isEqualTo("400 BadRequest");
  }

  @Test
  void aListFromTheFutureIsRefused(Api api) {
    String version =
        Long.toString(Long.parseLong(api.get(api.in("v1", "pods")).version()) + 100_000);

    Answer refused = api.get(api.in("v1", "pods") + "?resourceVersion=" + version);

    assertThat(refused.refusal()).isEqualTo("504 Timeout");
  }

  static String names(Answer list) {
    return StreamSupport.stream(list.body().path("items").spliterator(), false)
        .map(item -> item.at("/metadata/name"))
        .map(JsonNode::asText)
        .reduce((left, right) -> left + "," + right)
        .orElse("");
  }
}
