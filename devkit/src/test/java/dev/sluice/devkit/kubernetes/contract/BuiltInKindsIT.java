package dev.sluice.devkit.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kinds that Sluice writes and reads bring with them. */
@ExtendWith(KubernetesWorld.class)
class BuiltInKindsIT {
  @Test
  void everyKindThatWeUseIsServed(Api api) {
    assertThat(api.get("/api/v1").body().path("resources").findValuesAsText("kind"))
        .contains(
            "Namespace",
            "Pod",
            "Service",
            "Endpoints",
            "Event",
            "ConfigMap",
            "Secret",
            "ServiceAccount");
    assertThat(api.get("/apis/apps/v1").body().path("resources").findValuesAsText("name"))
        .contains("replicasets", "replicasets/scale", "replicasets/status", "deployments");
    for (String path :
        List.of(
            "/apis/networking.k8s.io/v1/ingresses",
            "/apis/discovery.k8s.io/v1/endpointslices",
            "/apis/batch/v1/jobs",
            "/apis/coordination.k8s.io/v1/leases",
            CustomKinds.DEFINITIONS)) {
      assertThat(api.get(path).code()).as(path).isEqualTo(200);
    }
    assertThat(api.get("/api").body().path("versions").toString()).isEqualTo("[\"v1\"]");
    assertThat(api.get("/version").text("/major")).isEqualTo("1");
  }

  @Test
  void theUsualNamespacesAreThere(Api api) {
    assertThat(api.get("/api/v1/namespaces/default").text("/status/phase")).isEqualTo("Active");
    assertThat(api.get("/api/v1/namespaces/kube-system").code()).isEqualTo(200);
  }

  @Test
  void aPodTemplateComesBackWithItsDefaults(Api api) {
    Answer created = api.post(api.in("apps/v1", "replicasets"), Samples.replicaSet("a", 0));

    String spec = "/spec/template/spec";
    assertThat(created.text(spec + "/restartPolicy")).isEqualTo("Always");
    assertThat(created.text(spec + "/dnsPolicy")).isEqualTo("ClusterFirst");
    assertThat(created.text(spec + "/terminationGracePeriodSeconds")).isEqualTo("30");
    assertThat(created.text(spec + "/containers/0/imagePullPolicy")).isEqualTo("IfNotPresent");
    assertThat(created.body().at(spec + "/containers/0/resources").toString()).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "apps/v1, deployments, '{metadata: {name: a}, spec: {selector: {matchLabels: {app: a}}, template: %s}}', /spec/template",
    "v1, podtemplates, '{metadata: {name: a}, template: %s}', /template"
  })
  void theTemplateOfAnyWorkloadIsStoredWithAllItsDefaults(
      String group, String plural, String object, String template, Api api) {
    Answer created =
        api.post(
            api.in(group, plural),
            object.formatted(
                "{metadata: {labels: {app: a}}, spec: {terminationGracePeriodSeconds: 1, containers:"
                    + " [{name: main, image: \"registry.example/app:v1\"}]}}"));

    assertThat(created.code()).isEqualTo(201);
    ObjectNode stored = created.body().at(template).deepCopy();
    // Older servers write one of null.
    ((ObjectNode) stored.get("metadata")).remove("creationTimestamp");
    assertThat(stored)
        .isEqualTo(
            Api.tree(
                """
                metadata: {labels: {app: a}}
                spec:
                  restartPolicy: Always
                  terminationGracePeriodSeconds: 1
                  dnsPolicy: ClusterFirst
                  schedulerName: default-scheduler
                  securityContext: {}
                  containers:
                    - name: main
                      image: registry.example/app:v1
                      imagePullPolicy: IfNotPresent
                      resources: {}
                      terminationMessagePath: /dev/termination-log
                      terminationMessagePolicy: File
                """));
  }

  @Test
  void aSelectorMustMatchItsTemplate(Api api) {
    Answer refused =
        api.post(
            api.in("apps/v1", "replicasets"),
            Samples.replicaSet("a", 0).replace("labels: {app: a}", "labels: {app: b}"));

    assertThat(refused.refusal()).isEqualTo("422 Invalid");
  }

  @Test
  void aServiceGetsAddressAndTargetPorts(Api api) {
    String path = api.in("v1", "services");
    Answer created =
        api.post(path, "{metadata: {name: a}, spec: {selector: {k: v}, ports: [{port: 80}]}}");
    assertThat(created.text("/spec/type")).isEqualTo("ClusterIP");
    assertThat(created.text("/spec/clusterIP")).matches("\\d+(\\.\\d+){3}");
    assertThat(created.text("/spec/ports/0/targetPort")).isEqualTo("80");
    assertThat(created.text("/spec/ports/0/protocol")).isEqualTo("TCP");

    Answer switched = api.merge(path + "/a", "{spec: {selector: {k: w, more: x}}}");
    assertThat(switched.body().at("/spec/selector")).isEqualTo(Api.tree("{k: w, more: x}"));
    assertThat(switched.text("/spec/clusterIP")).isEqualTo(created.text("/spec/clusterIP"));
  }

  @Test
  void eventsAreFoundByTheirObject(Api api) {
    String path = api.in("v1", "events");
    for (String name : List.of("a", "b")) {
      api.post(
          path,
          """
          metadata: {generateName: %1$s.}
          involvedObject: {apiVersion: v1, kind: ConfigMap, namespace: %2$s, name: %1$s}
          reason: Tested
          message: it was
          type: Normal
          source: {component: sluice}
          """
              .formatted(name, api.namespace()));
    }

    Answer found =
        api.get(
            path
                + "?fieldSelector="
                + Api.query("involvedObject.name=a,involvedObject.kind=ConfigMap"));

    assertThat(found.body().path("items")).hasSize(1);
    assertThat(found.text("/items/0/reason")).isEqualTo("Tested");
  }

  @Test
  void theTwoGroupsOfEventsShowTheSameObjects(Api api) {
    Answer created =
        api.post(
            api.in("events.k8s.io/v1", "events"),
            """
            metadata: {name: a}
            eventTime: '2026-01-02T03:04:05.000006Z'
            regarding: {apiVersion: v1, kind: ConfigMap, namespace: %s, name: c}
            reason: Tested
            note: it was
            type: Normal
            action: Testing
            reportingController: sluice.dev/contract
            reportingInstance: contract-1
            """
                .formatted(api.namespace()));
    assertThat(created.code()).isEqualTo(201);
    assertThat(created.text("/apiVersion")).isEqualTo("events.k8s.io/v1");
    assertThat(created.text("/note")).isEqualTo("it was");

    Answer core = api.get(api.in("v1", "events/a"));
    assertThat(core.text("/involvedObject/name")).isEqualTo("c");
    assertThat(core.text("/message")).isEqualTo("it was");
    assertThat(core.text("/reportingComponent")).isEqualTo("sluice.dev/contract");
    assertThat(core.version()).isEqualTo(created.version());

    api.merge(api.in("v1", "events/a"), "{count: 2, message: changed}");
    Answer changed = api.get(api.in("events.k8s.io/v1", "events"));
    assertThat(changed.text("/items/0/note")).isEqualTo("changed");
    assertThat(changed.text("/items/0/deprecatedCount")).isEqualTo("2");
    assertThat(changed.text("/items/0/regarding/name")).isEqualTo("c");
  }

  @Test
  void podsAreFoundByNodeAndPhase(Api api) {
    String path = api.in("v1", "pods");
    List.of("a", "b").forEach(name -> api.post(path, Samples.pod(name)));
    api.post(path + "/a/binding", "{metadata: {name: a}, target: {kind: Node, name: node}}");
    api.merge(path + "/a/status", "{status: {phase: Running}}");

    String placed = Api.query("spec.nodeName=node,status.phase=Running");
    assertThat(ObjectsIT.names(api.get(path + "?fieldSelector=" + placed))).isEqualTo("a");
    String others = Api.query("spec.nodeName!=node");
    assertThat(ObjectsIT.names(api.get(path + "?fieldSelector=" + others))).isEqualTo("b");
  }

  @Test
  void anEvictedPodGoesUnlessABudgetForbidsIt(Api api) {
    String path = api.in("v1", "pods");
    String eviction = "{apiVersion: policy/v1, kind: Eviction, metadata: {name: %s}}";
    assertThat(api.post(path + "/none/eviction", eviction.formatted("none")).refusal())
        .isEqualTo("404 NotFound");
    api.post(path, Samples.pod("a"));
    Answer evicted = api.post(path + "/a/eviction", eviction.formatted("a"));
    assertThat(evicted.code()).isEqualTo(201);
    assertThat(evicted.text("/status")).isEqualTo("Success");
    assertThat(api.get(path + "/a").code()).isEqualTo(404);

    api.post(path, Samples.pod("b"));
    api.merge(path + "/b/status", "{status: {phase: Running}}");
    String budgets = api.in("policy/v1", "poddisruptionbudgets");
    api.post(
        budgets,
        "{metadata: {name: keep}, spec: {minAvailable: 1, selector: {matchLabels: {app: b}}}}");
    Answer refused = api.post(path + "/b/eviction", eviction.formatted("b"));

    assertThat(refused.refusal()).isEqualTo("429 TooManyRequests");
    assertThat(refused.text("/message"))
        .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
    assertThat(refused.body().at("/details"))
        .isEqualTo(
            Api.tree(
                """
                causes:
                  - reason: DisruptionBudget
                    message: The disruption budget keep is still being processed by the server.
                retryAfterSeconds: 10
                """));

    api.merge(
        budgets + "/keep/status",
        "{status: {observedGeneration: 1, desiredHealthy: 1, currentHealthy: 0, expectedPods: 1}}");
    assertThat(
            api.post(path + "/b/eviction", eviction.formatted("b"))
                .text("/details/causes/0/message"))
        .isEqualTo("The disruption budget keep needs 1 healthy pods and has 0 currently");
    assertThat(api.get(path + "/b").body().at("/metadata").has("deletionTimestamp")).isFalse();
  }

  @Test
  void aQuotaLimitsHowManyObjectsThereAre(Api api) {
    String quotas = api.in("v1", "resourcequotas");
    String none = "{\"count/replicasets.apps\": \"0\"}";
    api.post(quotas, "{metadata: {name: none}, spec: {hard: " + none + "}}");
    api.merge(quotas + "/none/status", "{status: {hard: " + none + ", used: " + none + "}}");
    String sets = api.in("apps/v1", "replicasets");
    List<Answer> answers = new ArrayList<>();

    // The real server has to see it first.
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          answers.add(api.post(sets, Samples.replicaSet("a" + answers.size(), 0)));
          return answers.getLast().code() != 201;
        });

    assertThat(answers.getLast().refusal()).isEqualTo("403 Forbidden");
    assertThat(answers.getLast().text("/message"))
        .isEqualTo(
            "replicasets.apps \"a%d\" is forbidden: exceeded quota: none, requested: %s=1, used: %s=0, limited: %s=0"
                .formatted(
                    answers.size() - 1,
                    "count/replicasets.apps",
                    "count/replicasets.apps",
                    "count/replicasets.apps"));
    assertThat(api.delete(quotas + "/none").code()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> api.post(sets, Samples.replicaSet("b", 0)).code() == 201);
  }

  @Test
  void aJobIsKept(Api api) {
    Answer created =
        api.post(
            api.in("batch/v1", "jobs"),
            """
            metadata: {name: a}
            spec:
              suspend: true
              template:
                spec: {restartPolicy: Never, containers: [{name: c, image: 'registry.test/c:1'}]}
            """);

    assertThat(created.code()).isEqualTo(201);
    assertThat(created.text("/spec/backoffLimit")).isEqualTo("6");
    assertThat(created.text("/spec/completions")).isEqualTo("1");
    assertThat(api.get(api.in("batch/v1", "jobs/a")).body()).isEqualTo(created.body());
  }

  @Test
  void unknownFieldsOfABuiltInKindAreDropped(Api api) {
    Answer created = api.post(api.in("v1", "configmaps"), "{metadata: {name: a}, dota: {k: v}}");

    assertThat(created.code()).isEqualTo(201);
    assertThat(created.body().has("dota")).isFalse();
    assertThat(api.post(api.in("v1", "configmaps"), "{metadata: {name: b}, data: [1]}").refusal())
        .isEqualTo("400 BadRequest");
  }

  @Test
  void leadersAreElectedByALease(Api api) {
    List<String> leaders = new CopyOnWriteArrayList<>();
    CompletableFuture<?> first = elector(api, "first", leaders).start();
    await().atMost(Duration.ofSeconds(60)).until(() -> leaders.contains("first"));
    CompletableFuture<?> second = elector(api, "second", leaders).start();

    first.cancel(true);

    await().atMost(Duration.ofSeconds(60)).until(() -> leaders.contains("second"));
    second.cancel(true);
  }

  @Test
  void everybodyMayDoEverythingWhoIsAsked(Api api) {
    Answer review =
        api.post(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            "{spec: {resourceAttributes: {verb: create, resource: pods, namespace: default}}}");

    assertThat(review.code()).isEqualTo(201);
    assertThat(review.text("/status/allowed")).isEqualTo("true");
  }

  private static LeaderElector elector(Api api, String name, List<String> leaders) {
    return api.client()
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName("test")
                .withLeaseDuration(Duration.ofSeconds(4))
                .withRenewDeadline(Duration.ofSeconds(3))
                .withRetryPeriod(Duration.ofMillis(300))
                .withReleaseOnCancel(true)
                .withLock(new LeaseLock(api.namespace(), "leader", name))
                .withLeaderCallbacks(
                    new LeaderCallbacks(() -> leaders.add(name), () -> {}, leader -> {}))
                .build())
        .build();
  }
}
