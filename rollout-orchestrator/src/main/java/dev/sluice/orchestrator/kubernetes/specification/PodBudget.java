package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.CanaryStrategy;
import dev.sluice.orchestrator.Specification;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code maxSurge} and {@code maxUnavailable} as numbers of pods. A text is a percentage, with or
 * without its sign. Source: argo-rollouts, whose defaults are the texts "25".
 */
final class PodBudget {

  private static final String DEFAULT_PERCENT = "25";
  private static final Pattern PERCENTAGE = Pattern.compile("([0-9]{1,6})%?");

  private PodBudget() {}

  static Specification.Budget of(CanaryStrategy canary, int replicas) throws InvalidManifest {
    int surge = pods("maxSurge", canary.maxSurge, replicas, true);
    int unavailable = pods("maxUnavailable", canary.maxUnavailable, replicas, false);
    // With none of both nothing could ever be replaced.
    return new Specification.Budget(surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
  }

  private static int pods(String field, IntOrString written, int replicas, boolean roundsUp)
      throws InvalidManifest {
    if (written != null && written.getIntVal() != null) {
      return written.getIntVal();
    }
    String text = written == null ? DEFAULT_PERCENT : written.getStrVal();
    Matcher percentage = PERCENTAGE.matcher(text);
    if (!percentage.matches()) {
      throw InvalidManifest.invalid(
          "spec.strategy.canary." + field, text, "must be a number of pods, or a percentage");
    }
    int percent = Integer.parseInt(percentage.group(1));
    return (int) (((long) percent * replicas + (roundsUp ? 99 : 0)) / 100);
  }
}
