package dev.sluice.devkit.kubernetes.ownership;

import dev.sluice.devkit.kubernetes.object.Json;

/**
 * Somebody who owns fields.
 *
 * @param operation Apply or Update; the same name owns by each of them on its own
 * @param apiVersion in which the fields are written
 * @param subresource empty: the object itself
 */
record Manager(String name, String operation, String apiVersion, String subresource)
    implements Comparable<Manager> {
  static final String APPLY = "Apply";
  static final String UPDATE = "Update";

  boolean applies() {
    return operation.equals(APPLY);
  }

  /** Who applies is the same one in every version. */
  boolean isSame(Manager other) {
    return name.equals(other.name)
        && operation.equals(other.operation)
        && subresource.equals(other.subresource)
        && (applies() || apiVersion.equals(other.apiVersion));
  }

  /** As a conflict names it. */
  String text() {
    String text = Json.quoted(name);
    if (!subresource.isEmpty()) {
      text += " with subresource " + Json.quoted(subresource);
    }
    return applies() ? text : text + " using " + apiVersion;
  }

  /** Appliers first, as the server lists them. */
  @Override
  public int compareTo(Manager other) {
    int order = operation.compareTo(other.operation);
    return order != 0 ? order : text().compareTo(other.text());
  }
}
