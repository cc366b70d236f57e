package dev.sluice.devkit.workload;

/**
 * A pod that is to be played.
 *
 * @param namespace of the pod
 * @param name of the pod
 * @param image of its container; must be in the workload's table
 * @param podHash of its pod template, told to clients in the header {@code X-Pod-Hash}
 * @param app the label of its request metrics
 * @param container the label of its memory figures
 * @param memoryLimitBytes of the container; positive
 */
public record PlayedPod(
    String namespace,
    String name,
    String image,
    String podHash,
    String app,
    String container,
    long memoryLimitBytes) {

  /** Checks the limit. */
  public PlayedPod {
    if (memoryLimitBytes <= 0) {
      throw new IllegalArgumentException(
          "pod " + name + " needs a memory limit, not " + memoryLimitBytes + " bytes");
    }
  }
}
