package dev.sluice.metrics.configuration;

import dev.sluice.metrics.EndpointList;
import dev.sluice.metrics.Gateway;
import dev.sluice.metrics.Limits;
import dev.sluice.metrics.MetricProvider;
import dev.sluice.metrics.PluginAnswers;
import dev.sluice.metrics.PluginCalls;
import dev.sluice.metrics.StepPlugin;
import dev.sluice.metrics.Tally;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

class Wiring {

  @Produces
  @Singleton
  @Startup
  EndpointList endpoints(GatewayConfiguration configuration) {
    return EndpointList.of(configuration.allowEndpoint().orElse(List.of()));
  }

  @Produces
  @Singleton
  Gateway gateway(
      GatewayConfiguration configuration,
      EndpointList endpoints,
      MetricProvider prometheus,
      Tally tally) {
    var limits = configuration.gateway();
    return new Gateway(
        endpoints,
        new Limits(limits.concurrency(), limits.waiting(), limits.recentAnswers()),
        limits.longestTimeout(),
        limits.longestWait(),
        prometheus,
        tally);
  }

  @Produces
  @Singleton
  PluginCalls pluginCalls(
      GatewayConfiguration configuration,
      EndpointList endpoints,
      StepPlugin plugin,
      PluginAnswers answers,
      Tally tally) {
    var limits = configuration.gateway();
    return new PluginCalls(
        endpoints,
        limits.plugins(),
        limits.waiting(),
        plugin,
        answers,
        InstantSource.system(),
        tally);
  }
}
