package dev.sluice.devkit.workload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/** What one pod exports. */
final class PodMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
    Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
    Duration.ofMillis(2_500), Duration.ofSeconds(5), Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter succeeded;
  private final Counter failed;
  private final Timer duration;

  /**
   * @param memoryBytes in use now
   */
  PodMetrics(PlayedPod pod, Supplier<Number> memoryBytes) {
    succeeded = requests(pod, "200");
    // There from the start: a ratio of errors has no answer without its numerator.
    failed = requests(pod, "500");
    duration =
        Timer.builder("http_request_duration_seconds")
            .description("How long requests took.")
            .tag("app", pod.app())
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    Gauge.builder("container_memory_working_set_bytes", memoryBytes)
        .description("Memory in use. Played by the demo's workload: there is no kubelet here.")
        .tags("namespace", pod.namespace(), "pod", pod.name(), "container", pod.container())
        .register(registry);
    Gauge.builder("kube_pod_container_resource_limits", pod::memoryLimitBytes)
        .description("The limit in the pod template. Played by the demo's workload.")
        .tags("namespace", pod.namespace(), "pod", pod.name(), "container", pod.container())
        .tag("resource", "memory")
        .register(registry);
  }

  void answered(int status, Duration took) {
    (status < 500 ? succeeded : failed).increment();
    duration.record(took);
  }

  /** In the text format of Prometheus. */
  String text() {
    return registry.scrape();
  }

  private Counter requests(PlayedPod pod, String code) {
    return Counter.builder("http_requests_total")
        .description("Requests answered.")
        .tags("app", pod.app(), "code", code)
        .register(registry);
  }
}
