package dev.sluice.devkit.kubernetes.kind;

import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.GroupResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The kinds that are served now. */
public final class KindRegistry {
  // Replaced as a whole: a reader sees the old list or the new one, never a gap.
  private volatile List<Kind> kinds = BuiltInKinds.ALL;

  public Optional<Kind> find(String group, String version, String plural) {
    return kinds.stream()
        .filter(kind -> kind.resource().plural().equals(plural))
        .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
        .findFirst();
  }

  /** Any served version of a resource; they all show the same objects. */
  public Optional<Kind> find(GroupResource resource) {
    return kinds.stream().filter(kind -> kind.resource().equals(resource)).findFirst();
  }

  public List<Kind> all() {
    return kinds;
  }

  public List<Kind> of(String group, String version) {
    return kinds.stream()
        .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
        .sorted(Comparator.comparing(kind -> kind.resource().plural()))
        .toList();
  }

  /** The groups beside the core group, in order of their names. */
  public List<String> groups() {
    return kinds.stream()
        .map(Kind::group)
        .filter(group -> !group.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  public List<String> versions(String group) {
    return kinds.stream()
        .filter(kind -> kind.group().equals(group))
        .map(Kind::version)
        .distinct()
        .toList();
  }

  /** A definition cannot take the place of a built-in kind. */
  public void refuseBuiltIn(GroupResource resource) {
    if (BuiltInKinds.ALL.stream().anyMatch(kind -> kind.resource().equals(resource))) {
      throw ApiError.badRequest(resource.qualified() + " is built in and cannot be redefined");
    }
  }

  /** Puts the versions of one resource in place of those served before; none takes it away. */
  public synchronized void replace(GroupResource resource, List<Kind> versions) {
    List<Kind> next = new ArrayList<>(kinds);
    next.removeIf(kind -> kind.resource().equals(resource));
    next.addAll(versions);
    kinds = List.copyOf(next);
  }
}
