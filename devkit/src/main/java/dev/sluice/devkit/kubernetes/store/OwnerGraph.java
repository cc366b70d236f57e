package dev.sluice.devkit.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.devkit.kubernetes.object.GroupResource;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.object.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who owns whom, followed from the stream of changes: says which objects lost their last owner. */
final class OwnerGraph {
  private final Map<String, Node> alive = new HashMap<>();
  private final Map<String, Set<String>> dependents = new HashMap<>();

  /** An object that nobody owns any more. */
  record Orphan(GroupResource resource, ObjectKey key, String uid) {}

  private record Node(GroupResource resource, ObjectKey key, Set<String> owners) {}

  /** The objects to collect because of this change. */
  List<Orphan> follow(Change change) {
    String uid = Json.text(change.object(), "/metadata/uid");
    return change.type() == Change.Type.DELETED ? gone(uid) : seen(uid, change);
  }

  private List<Orphan> seen(String uid, Change change) {
    Set<String> owners = new HashSet<>();
    for (JsonNode owner : change.object().at("/metadata/ownerReferences")) {
      owners.add(owner.path("uid").asText());
    }
    Node before = alive.put(uid, new Node(change.resource(), change.key(), owners));
    if (before != null) {
      unlink(uid, before);
    }
    owners.forEach(owner -> dependents.computeIfAbsent(owner, none -> new HashSet<>()).add(uid));
    return isOrphan(uid) ? List.of(orphan(uid)) : List.of();
  }

  private List<Orphan> gone(String uid) {
    Node before = alive.remove(uid);
    if (before != null) {
      unlink(uid, before);
    }
    List<Orphan> orphans = new ArrayList<>();
    for (String dependent : dependents.getOrDefault(uid, Set.of())) {
      if (isOrphan(dependent)) {
        orphans.add(orphan(dependent));
      }
    }
    return orphans;
  }

  private boolean isOrphan(String uid) {
    Node node = alive.get(uid);
    return node != null
        && !node.owners().isEmpty()
        && node.owners().stream().noneMatch(alive::containsKey);
  }

  private Orphan orphan(String uid) {
    Node node = alive.get(uid);
    return new Orphan(node.resource(), node.key(), uid);
  }

  private void unlink(String uid, Node node) {
    for (String owner : node.owners()) {
      Set<String> siblings = dependents.get(owner);
      siblings.remove(uid);
      if (siblings.isEmpty()) {
        dependents.remove(owner);
      }
    }
  }
}
