package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.events.NoData;
import java.util.Set;

/**
 * What the installation says about analysis and step plugins.
 *
 * @param endpoints that may be asked
 * @param noData what an empty answer means, where a template does not say it
 * @param disabledPlugins names of step plugins that are passed over
 */
public record Rules(AllowedEndpoints endpoints, NoData noData, Set<String> disabledPlugins) {

  /** Copies the set. */
  public Rules {
    disabledPlugins = Set.copyOf(disabledPlugins);
  }
}
