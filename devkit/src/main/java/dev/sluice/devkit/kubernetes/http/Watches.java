package dev.sluice.devkit.kubernetes.http;

import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.store.Identities;
import dev.sluice.devkit.kubernetes.store.ObjectStore;
import dev.sluice.devkit.kubernetes.store.WatchView;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All running watches. */
final class Watches {
  /** As the real server's default: half an hour, then the client comes back. */
  private static final long DEFAULT_SECONDS = 1800;

  private final Vertx vertx;
  private final ObjectStore store;
  private final Identities identities;
  private final Duration bookmarkEvery;
  private final Set<Watch> running = ConcurrentHashMap.newKeySet();

  Watches(Vertx vertx, ObjectStore store, Identities identities, Duration bookmarkEvery) {
    this.vertx = vertx;
    this.store = store;
    this.identities = identities;
    this.bookmarkEvery = bookmarkEvery;
  }

  /** A watch that is understood but not begun: nothing was refused, so the stream may open. */
  record Prepared(Watch watch, Watch.Start start, boolean bookmarks, long seconds) {}

  /** Refuses what cannot be watched, before anything is sent. */
  Prepared prepare(Request request, Target target, Kind kind, Context context) {
    QueryOptions.check(request);
    WatchView view = new WatchView(kind, target.namespace(), Selection.of(request, kind));
    Watch watch = new Watch(store, identities, context, view, request);
    boolean bookmarks = request.flag("allowWatchBookmarks");
    return new Prepared(watch, Watch.Start.of(request), bookmarks, seconds(request));
  }

  /** Runs until the time is up, the client leaves, or somebody ends all watches. */
  void run(Prepared prepared, WatchSink sink) {
    Watch watch = prepared.watch();
    running.add(watch);
    watch.onStop(() -> running.remove(watch));
    if (prepared.bookmarks()) {
      long timer = vertx.setPeriodic(bookmarkEvery.toMillis(), tick -> watch.bookmark());
      watch.onStop(() -> vertx.cancelTimer(timer));
    }
    long end =
        vertx.setTimer(
            Duration.ofSeconds(prepared.seconds()).toMillis(),
            over -> {
              // The last bookmark spares the client a new list.
              if (prepared.bookmarks()) {
                watch.bookmark();
              }
              watch.endLater();
            });
    watch.onStop(() -> vertx.cancelTimer(end));
    watch.start(sink, prepared.start());
  }

  /** Ends every stream, as a server does that restarts. */
  void drop() {
    List.copyOf(running).forEach(Watch::endLater);
  }

  private static long seconds(Request request) {
    String text = request.option("timeoutSeconds");
    try {
      long seconds = text.isEmpty() ? 0 : Long.parseLong(text);
      return seconds > 0 ? seconds : DEFAULT_SECONDS;
    } catch (NumberFormatException unreadable) {
      throw ApiError.badRequest("timeoutSeconds must be a whole number: " + text);
    }
  }
}
