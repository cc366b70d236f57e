package dev.sluice.devkit.kubernetes.object;

/**
 * What the API calls a kind of object in its addresses.
 *
 * @param group API group, empty for the core group
 * @param plural lower-case plural, as in the URL
 */
public record GroupResource(String group, String plural) {
  /** As messages and CRD names write it: {@code rollouts.argoproj.io}, {@code pods}. */
  public String qualified() {
    return group.isEmpty() ? plural : plural + "." + group;
  }
}
