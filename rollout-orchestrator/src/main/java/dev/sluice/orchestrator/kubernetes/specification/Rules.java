package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.events.NoData;

/**
 * What the installation says about analysis.
 *
 * @param endpoints that may be asked
 * @param noData what an empty answer means, where a template does not say it
 */
public record Rules(AllowedEndpoints endpoints, NoData noData) {}
