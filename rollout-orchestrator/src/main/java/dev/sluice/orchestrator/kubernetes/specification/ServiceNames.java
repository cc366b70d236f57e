package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.CanaryStrategy;
import dev.sluice.crd.RolloutSpec;

/**
 * The two Services that a manifest names, in their first parts: with ping-pong, ping is the stable
 * one.
 *
 * @param canary empty if there is none
 * @param stable empty if there is none
 */
public record ServiceNames(String canary, String stable) {

  private static final ServiceNames NONE = new ServiceNames("", "");

  /** Reads them, as far as there is anything to read. */
  public static ServiceNames of(RolloutSpec spec) {
    if (spec == null || spec.strategy == null || spec.strategy.canary == null) {
      return NONE;
    }
    CanaryStrategy canary = spec.strategy.canary;
    return arePingPong(canary)
        ? new ServiceNames(text(canary.pingPong.pongService), text(canary.pingPong.pingService))
        : new ServiceNames(text(canary.canaryService), text(canary.stableService));
  }

  static boolean arePingPong(CanaryStrategy canary) {
    return canary.pingPong != null && !Json.isBlank(canary.pingPong.json());
  }

  /** In the parts that they have after an odd number of swaps. */
  public ServiceNames swapped(boolean areSwapped) {
    return areSwapped ? new ServiceNames(stable, canary) : this;
  }

  private static String text(String name) {
    return name == null ? "" : name;
  }
}
