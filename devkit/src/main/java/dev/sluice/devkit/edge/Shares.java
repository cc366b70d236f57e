package dev.sluice.devkit.edge;

import java.util.Map;

/**
 * Who answered how many requests of a span of time.
 *
 * @param byPodHash answers by the hash of the pod that gave them; those without one are under ""
 * @param failed requests that got no answer, or none of a pod
 * @param errors answers of pods with a status from 500 on
 */
public record Shares(Map<String, Long> byPodHash, long failed, long errors) {

  /** Copies the map. */
  public Shares {
    byPodHash = Map.copyOf(byPodHash);
  }

  /** All answers of pods. */
  public long total() {
    return byPodHash.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The part that pods of this hash answered, 0 to 1; NaN where nobody answered anything. */
  public double share(String podHash) {
    return (double) byPodHash.getOrDefault(podHash, 0L) / total();
  }

  /**
   * How far this hash's share is from the expected one, in standard deviations of a random pick for
   * each request: 0 where both are equal, infinite where the expectation is 0 or 1 and was missed.
   *
   * @param expected 0 to 1
   */
  public double deviation(String podHash, double expected) {
    double difference = Math.abs(share(podHash) - expected);
    double sigma = Math.sqrt(expected * (1 - expected) / total());
    return difference == 0 ? 0 : difference / sigma;
  }
}
