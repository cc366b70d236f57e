package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.MetricProvider;
import dev.sluice.crd.Struct;
import dev.sluice.events.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whom a metric asks: Prometheus, at an address that the installation allows. */
final class ProviderReader {

  private static final long TIMEOUT_SECONDS = 30;

  private final MetricReader metric;
  private final MetricProvider provider;
  private final AllowedEndpoints endpoints;

  ProviderReader(MetricReader metric, MetricProvider provider, AllowedEndpoints endpoints) {
    this.metric = metric;
    this.provider = provider;
    this.endpoints = endpoints;
  }

  Provider read() throws InvalidManifest {
    List<String> kinds = new ArrayList<>();
    if (provider != null) {
      provider.json().fieldNames().forEachRemaining(kinds::add);
    }
    metric.check(!kinds.isEmpty(), "no provider specified");
    metric.check(kinds.size() == 1, "multiple providers specified");
    metric.check(provider.prometheus != null, notYet("provider." + kinds.getFirst()));
    return prometheus(provider.prometheus);
  }

  private Provider prometheus(MetricProvider.Prometheus prometheus) throws InvalidManifest {
    String address = prometheus.address == null ? "" : prometheus.address;
    metric.check(
        !address.isEmpty(),
        "provider.prometheus.address is missing: write where Prometheus is, for instance"
            + " http://prometheus.monitoring:9090");
    metric.check(
        AllowedEndpoints.isAddress(address),
        "provider.prometheus.address '" + address + "' needs a scheme and a host");
    metric.check(
        prometheus.query != null && !prometheus.query.isBlank(),
        "provider.prometheus.query is missing");
    refuse(prometheus.authentication, "authentication");
    refuse(prometheus.rangeQuery, "rangeQuery");
    metric.check(
        prometheus.headers == null || prometheus.headers.isEmpty(),
        notYet("provider.prometheus.headers"));
    metric.check(!Boolean.TRUE.equals(prometheus.insecure), notYet("provider.prometheus.insecure"));
    metric.check(
        endpoints.allow(address),
        "provider.prometheus.address '%s' is not allowed here: start Sluice with --allow-endpoint %s"
            .formatted(address, address));
    long timeout = prometheus.timeout == null ? TIMEOUT_SECONDS : prometheus.timeout;
    metric.check(timeout >= 0, "provider.prometheus.timeout must not be negative");
    return new Provider.Prometheus(
        address, prometheus.query, Duration.ofSeconds(timeout == 0 ? TIMEOUT_SECONDS : timeout));
  }

  // Empty structures are what Go writes where nothing is set.
  private void refuse(Struct part, String name) throws InvalidManifest {
    metric.check(part == null || Json.isBlank(part.json()), notYet("provider.prometheus." + name));
  }

  private static String notYet(String what) {
    return what + ": this version of Sluice does not act on it yet";
  }
}
