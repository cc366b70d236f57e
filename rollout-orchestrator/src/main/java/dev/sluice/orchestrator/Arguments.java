package dev.sluice.orchestrator;

import dev.sluice.events.MetricSpec;
import dev.sluice.events.Provider;

/** The two arguments that only the start of a run knows; all others were filled in by the edge. */
public final class Arguments {

  /** Stands for the hash of the revision under judgement. */
  public static final String CANARY_HASH = "\u0001canary-hash\u0001";

  /** Stands for the hash of the stable revision. */
  public static final String STABLE_HASH = "\u0001stable-hash\u0001";

  private Arguments() {}

  static MetricSpec fill(MetricSpec metric, String canaryHash, String stableHash) {
    return new MetricSpec(
        metric.name(),
        metric.interval(),
        metric.initialDelay(),
        metric.count(),
        fill(metric.successCondition(), canaryHash, stableHash),
        fill(metric.failureCondition(), canaryHash, stableHash),
        metric.failureLimit(),
        metric.inconclusiveLimit(),
        metric.consecutiveErrorLimit(),
        metric.consecutiveSuccessLimit(),
        metric.dryRun(),
        metric.measurementRetention(),
        metric.noData(),
        switch (metric.provider()) {
          case Provider.Prometheus(String address, String query, var timeout) ->
              new Provider.Prometheus(address, fill(query, canaryHash, stableHash), timeout);
        });
  }

  private static String fill(String text, String canaryHash, String stableHash) {
    return text == null
        ? null
        : text.replace(CANARY_HASH, canaryHash).replace(STABLE_HASH, stableHash);
  }
}
