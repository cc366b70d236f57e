package dev.sluice.devkit.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.GroupResource;
import dev.sluice.devkit.kubernetes.object.ObjectKey;
import java.util.Optional;

/**
 * One write, as watchers see it.
 *
 * @param revision the store's counter after the write; the object carries it as resourceVersion
 * @param object after the write; of a deletion, the last state
 * @param before the write; empty for a new object
 */
public record Change(
    long revision,
    Type type,
    GroupResource resource,
    ObjectKey key,
    ObjectNode object,
    Optional<ObjectNode> before) {

  /** As the watch protocol names them. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }
}
