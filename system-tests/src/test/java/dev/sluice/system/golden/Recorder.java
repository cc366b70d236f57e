package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.system.golden.Observed.Change;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Watches a cluster and keeps everything that it is told, by namespace. */
final class Recorder implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Map<String, Log> logs = new ConcurrentHashMap<>();
  private final List<Watch> watches = new ArrayList<>();
  private volatile WatcherException broken;

  private Recorder() {}

  /** Begins with what happens from now on. */
  static Recorder start(KubernetesClient client) {
    var recorder = new Recorder();
    Kinds.WATCHED.forEach(kind -> recorder.watch(client, kind));
    return recorder;
  }

  /**
   * All that happened in a namespace, in the order in which it happened: the versions of a cluster
   * are one sequence over all kinds.
   */
  List<Observed> log(String namespace) {
    if (broken != null) {
      throw new IllegalStateException("a watch has ended, its log has a gap", broken);
    }
    return of(namespace).sorted();
  }

  /** Waits until nothing has changed for a while, but no longer than the patience. */
  void awaitQuiet(String namespace, Duration quiet, Duration patience) throws InterruptedException {
    Instant begin = Instant.now();
    while (Instant.now().isBefore(begin.plus(patience))) {
      Instant last = of(namespace).lastChange();
      if (Instant.now().isAfter((last.isBefore(begin) ? begin : last).plus(quiet))) {
        return;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }

  private void watch(KubernetesClient client, ResourceDefinitionContext kind) {
    var objects = client.genericKubernetesResources(kind).inAnyNamespace();
    String now = objects.list().getMetadata().getResourceVersion();
    var options =
        new ListOptionsBuilder().withResourceVersion(now).withAllowWatchBookmarks(true).build();
    watches.add(
        objects.watch(
            options,
            new Watcher<>() {
              @Override
              public void eventReceived(Action action, GenericKubernetesResource object) {
                hear(action, kind.getPlural(), object);
              }

              @Override
              public void onClose(WatcherException cause) {
                broken = cause;
              }
            }));
  }

  private void hear(Watcher.Action action, String resource, GenericKubernetesResource object) {
    if (action == Watcher.Action.BOOKMARK || action == Watcher.Action.ERROR) {
      return;
    }
    var line =
        new Observed(
            Long.parseLong(object.getMetadata().getResourceVersion()),
            Change.valueOf(action.name()),
            resource,
            Extract.of(resource, json(object)));
    of(object.getMetadata().getNamespace()).add(line);
  }

  // Read again, so that numbers are of the kinds that files have.
  private static JsonNode json(GenericKubernetesResource object) {
    try {
      return MAPPER.readTree(MAPPER.writeValueAsBytes(object));
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + object, e);
    }
  }

  private Log of(String namespace) {
    return logs.computeIfAbsent(namespace, _ -> new Log());
  }

  /** Of one namespace, written by the threads of all watches. */
  private static final class Log {

    private final List<Observed> lines = new ArrayList<>();
    private Instant lastChange = Instant.EPOCH;

    synchronized void add(Observed line) {
      lines.add(line);
      if (!line.resource().equals("events")) {
        lastChange = Instant.now();
      }
    }

    synchronized Instant lastChange() {
      return lastChange;
    }

    synchronized List<Observed> sorted() {
      return lines.stream().sorted(Comparator.comparingLong(Observed::version)).toList();
    }
  }
}
