package dev.sluice.system.simulator;

/**
 * An object of the API server as it was at one version.
 *
 * @param name unique, with its kind: {@code service/canary}
 * @param version of the object: higher is newer, over all objects
 * @param object null if it was deleted
 */
record Stored(String name, long version, ClusterObject object) {

  /** As objects carry it. */
  String versionText() {
    return Long.toString(version);
  }

  String kind() {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }
}
