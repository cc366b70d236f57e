package dev.sluice.devkit.kubernetes.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Following what happens. */
@ExtendWith(KubernetesWorld.class)
class WatchIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void aWatchFromAListsVersionSeesWhatHappenedSince(Api api) {
    String path = api.in("v1", "configmaps");
    api.post(path, "{metadata: {name: before}}");
    String version = api.get(path).version();
    api.post(path, "{metadata: {name: a}}");
    api.merge(path + "/a", "{data: {k: v}}");
    api.delete(path + "/a");

    try (WatchReader watch = api.watch(path + "?watch=true&resourceVersion=" + version)) {
      assertThat(watch.next(3)).containsExactly("ADDED a", "MODIFIED a", "DELETED a");
      api.post(path, "{metadata: {name: later}}");
      assertThat(watch.next(1)).containsExactly("ADDED later");
    }
  }

  @Test
  void aWatchWithoutVersionBeginsWithWhatIsThere(Api api) {
    String path = api.in("v1", "configmaps");
    api.post(path, "{metadata: {name: a, labels: {mine: 'yes'}}}");

    try (WatchReader watch = api.watch(path + "?watch=true&labelSelector=mine")) {
      assertThat(watch.next(1)).containsExactly("ADDED a");
    }
  }

  @Test
  void aDeletionShowsTheLastStateAtANewVersion(Api api) {
    String path = api.in("v1", "configmaps");
    Answer created = api.post(path, "{metadata: {name: a}, data: {k: v}}");
    api.delete(path + "/a");

    try (WatchReader watch = api.watch(path + "?watch=true&resourceVersion=" + created.version())) {
      WatchReader.Line deleted = watch.next(line -> line.type().equals("DELETED"));
      assertThat(deleted.object().at("/data/k").asText()).isEqualTo("v");
      assertThat(deleted.version()).isGreaterThan(Long.parseLong(created.version()));
    }
  }

  @Test
  void anObjectThatBeginsOrCeasesToMatchIsAddedOrDeleted(Api api) {
    String path = api.in("v1", "configmaps");
    String version = api.get(path).version();
    api.post(path, "{metadata: {name: a, labels: {color: red}}}");
    api.merge(path + "/a", "{metadata: {labels: {color: blue}}}");
    api.merge(path + "/a", "{data: {k: v}}");
    api.merge(path + "/a", "{metadata: {labels: {color: red}}}");
    api.post(path, "{metadata: {name: end, labels: {color: blue}}}");

    try (WatchReader watch =
        api.watch(path + "?watch=true&labelSelector=color%3Dblue&resourceVersion=" + version)) {
      assertThat(watch.next(4)).containsExactly("ADDED a", "MODIFIED a", "DELETED a", "ADDED end");
    }
  }

  @Test
  void aWatchOfOneNameSeesThatOneOnly(Api api) {
    String path = api.in("v1", "configmaps");
    String version = api.get(path).version();
    api.post(path, "{metadata: {name: other}}");
    api.post(path, "{metadata: {name: a}}");

    try (WatchReader watch =
        api.watch(
            path + "?watch=true&fieldSelector=metadata.name%3Da&resourceVersion=" + version)) {
      assertThat(watch.next(1)).containsExactly("ADDED a");
    }
  }

  @Test
  void aWatchEndsWhenItsTimeIsUp(Api api) {
    try (WatchReader watch =
        api.watch(api.in("v1", "configmaps") + "?watch=true&timeoutSeconds=1")) {
      assertThat(watch.next(line -> line.type().equals("END")).type()).isEqualTo("END");
    }
  }

  @Test
  void bookmarksTellHowFarTheWatchHasCome(Api api) {
    String path = api.in("v1", "configmaps");
    String version = api.get(path).version();
    // A real server sends one at the latest when the time is up.
    try (WatchReader watch =
        api.watch(
            path
                + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=4&resourceVersion="
                + version)) {
      Answer created = api.post(path, "{metadata: {name: a}}");
      watch.next(line -> line.text().equals("ADDED a"));
      WatchReader.Line bookmark = watch.next(line -> line.type().equals("BOOKMARK"));
      assertThat(bookmark.version()).isGreaterThanOrEqualTo(Long.parseLong(created.version()));
      assertThat(bookmark.object().path("kind").asText()).isEqualTo("ConfigMap");
    }
  }

  @Test
  void noBookmarkComesUnasked(Api api) {
    String path = api.in("v1", "configmaps");
    String version = api.get(path).version();
    try (WatchReader watch =
        api.watch(path + "?watch=true&timeoutSeconds=3&resourceVersion=" + version)) {
      assertThat(watch.next(line -> true).type()).isEqualTo("END");
    }
  }

  @Test
  void aWatchFromAForgottenVersionIsToldToListAgain(Api api) {
    String path = CustomKinds.widgets(api);
    try (WatchReader watch = api.watch(path + "?watch=true&resourceVersion=1")) {
      WatchReader.Line error = watch.next(line -> line.type().equals("ERROR"));
      assertThat(error.object().path("code").asInt()).isEqualTo(410);
      assertThat(error.object().path("reason").asText()).isEqualTo("Expired");
    }
  }

  @Test
  void anInformerFollowsEverything(Api api) {
    List<String> seen = new CopyOnWriteArrayList<>();
    String path = api.in("v1", "configmaps");
    api.post(path, "{metadata: {name: before}}");
    try (SharedIndexInformer<ConfigMap> informer =
        api.client().configMaps().inNamespace(api.namespace()).inform(recordInto(seen))) {
      await().atMost(LIMIT).until(informer::hasSynced);
      api.post(path, "{metadata: {name: a}}");
      api.merge(path + "/a", "{data: {k: v}}");
      api.delete(path + "/a");
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(seen).endsWith("added a", "updated a", "deleted a"));
      assertThat(seen).contains("added before");
    }
  }

  @Test
  void aWatcherOverAWebSocketSeesEveryChange(Api api) {
    List<String> seen = new CopyOnWriteArrayList<>();
    String path = api.in("v1", "configmaps");
    String version = api.get(path).version();
    Watcher<ConfigMap> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, ConfigMap object) {
            seen.add(action + " " + object.getMetadata().getName());
          }

          @Override
          public void onClose(WatcherException cause) {
            seen.add("closed");
          }
        };
    try (Watch _ =
        api.client()
            .configMaps()
            .inNamespace(api.namespace())
            .withResourceVersion(version)
            .watch(watcher)) {
      api.post(path, "{metadata: {name: a}}");
      api.delete(path + "/a");
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(seen).startsWith("ADDED a", "DELETED a"));
    }
  }

  private static ResourceEventHandler<ConfigMap> recordInto(List<String> seen) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(ConfigMap object) {
        seen.add("added " + object.getMetadata().getName());
      }

      @Override
      public void onUpdate(ConfigMap before, ConfigMap object) {
        seen.add("updated " + object.getMetadata().getName());
      }

      @Override
      public void onDelete(ConfigMap object, boolean unknown) {
        seen.add("deleted " + object.getMetadata().getName());
      }
    };
  }
}
