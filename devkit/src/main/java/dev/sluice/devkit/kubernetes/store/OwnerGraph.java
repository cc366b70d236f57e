package dev.sluice.devkit.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.devkit.kubernetes.object.GroupResource;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.object.ObjectKey;
import dev.sluice.devkit.kubernetes.rules.Propagation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who owns whom, followed from the stream of changes: says what is to be collected. */
final class OwnerGraph {
  private final Map<String, Node> alive = new HashMap<>();
  private final Map<String, Set<String>> dependents = new HashMap<>();

  /** Something that the collector has to do to one object. */
  sealed interface Task {
    Node node();
  }

  /** Nobody owns it any more. */
  record Collect(Node node, Propagation propagation) implements Task {}

  /** It loses owners that are gone, or go without it; others stay. */
  record Disown(Node node, Set<String> owners) implements Task {}

  /** What its deletion waited for is done. */
  record Release(Node node, String finalizer) implements Task {}

  /**
   * An object as the collector sees it.
   *
   * @param owners uids
   * @param holds uids of the owners that wait for it in a foreground deletion
   * @param waits for its dependents to go before it
   * @param orphans its dependents
   */
  record Node(
      GroupResource resource,
      ObjectKey key,
      String uid,
      Set<String> owners,
      Set<String> holds,
      boolean waits,
      boolean orphans) {
    static Node of(Change change) {
      Set<String> owners = new HashSet<>();
      Set<String> holds = new HashSet<>();
      for (JsonNode owner : change.object().at("/metadata/ownerReferences")) {
        owners.add(owner.path("uid").asText());
        if (owner.path("blockOwnerDeletion").asBoolean()) {
          holds.add(owner.path("uid").asText());
        }
      }
      return new Node(
          change.resource(),
          change.key(),
          Json.text(change.object(), "/metadata/uid"),
          owners,
          holds,
          Propagation.FOREGROUND.isAwaitedBy(change.object()),
          Propagation.ORPHAN.isAwaitedBy(change.object()));
    }
  }

  /** What is to be done because of this change, in this order. */
  List<Task> follow(Change change) {
    Node node = Node.of(change);
    Node before = alive.remove(node.uid());
    if (before != null) {
      before.owners().forEach(owner -> dependents.get(owner).remove(node.uid()));
    }
    List<Task> tasks = new ArrayList<>();
    if (change.type() != Change.Type.DELETED) {
      alive.put(node.uid(), node);
      node.owners()
          .forEach(
              owner -> dependents.computeIfAbsent(owner, none -> new HashSet<>()).add(node.uid()));
      judge(node, tasks);
    }
    dependentsOf(node.uid()).forEach(dependent -> judge(dependent, tasks));
    finish(node, tasks);
    Set<String> owners = new HashSet<>(node.owners());
    owners.addAll(before == null ? Set.of() : before.owners());
    owners.stream().filter(alive::containsKey).map(alive::get).forEach(own -> finish(own, tasks));
    return tasks;
  }

  /** A dependent lives as long as one owner does that is not on its way out. */
  private void judge(Node node, List<Task> tasks) {
    Set<String> lost = new HashSet<>(node.owners());
    lost.removeIf(owner -> alive.containsKey(owner) && !alive.get(owner).waits());
    Set<String> orphaned = new HashSet<>(node.owners());
    orphaned.removeIf(owner -> !alive.containsKey(owner) || !alive.get(owner).orphans());
    if (!orphaned.isEmpty()) {
      tasks.add(new Disown(node, orphaned));
    } else if (!lost.isEmpty() && lost.size() < node.owners().size()) {
      tasks.add(new Disown(node, lost));
    } else if (!lost.isEmpty()) {
      boolean awaited = lost.stream().anyMatch(alive::containsKey);
      boolean foreground = awaited && !dependentsOf(node.uid()).isEmpty();
      tasks.add(new Collect(node, foreground ? Propagation.FOREGROUND : Propagation.UNSAID));
    }
  }

  private void finish(Node owner, List<Task> tasks) {
    if (!alive.containsKey(owner.uid())) {
      return;
    }
    if (owner.waits()
        && dependentsOf(owner.uid()).stream()
            .noneMatch(node -> node.holds().contains(owner.uid()))) {
      tasks.add(new Release(owner, Propagation.FOREGROUND.finalizer()));
    }
    if (owner.orphans() && dependentsOf(owner.uid()).isEmpty()) {
      tasks.add(new Release(owner, Propagation.ORPHAN.finalizer()));
    }
  }

  private List<Node> dependentsOf(String uid) {
    return dependents.getOrDefault(uid, Set.of()).stream().map(alive::get).toList();
  }
}
