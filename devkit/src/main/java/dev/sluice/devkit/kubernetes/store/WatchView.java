package dev.sluice.devkit.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which changes a watch sees, and as what: an object that begins to match is ADDED for the watcher,
 * one that ceases to match is DELETED.
 *
 * @param namespace empty for all namespaces
 */
public record WatchView(Kind kind, String namespace, Predicate<JsonNode> selector) {

  /** One line of a watch. */
  public record Event(Change.Type type, ObjectNode object) {}

  public Optional<Event> see(Change change) {
    if (!change.resource().equals(kind.resource())
        || !(namespace.isEmpty() || namespace.equals(change.key().namespace()))) {
      return Optional.empty();
    }
    boolean was = change.before().filter(selector).isPresent();
    boolean is = change.type() != Change.Type.DELETED && selector.test(change.object());
    if (!was && !is) {
      return Optional.empty();
    }
    Change.Type type = is ? (was ? Change.Type.MODIFIED : Change.Type.ADDED) : Change.Type.DELETED;
    return Optional.of(new Event(type, kind.present(change.object())));
  }
}
