package dev.sluice.orchestrator.kubernetes.run;

import dev.sluice.crd.AnalysisArgument;
import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.AnalysisRunSpec;
import dev.sluice.crd.AnalysisRunStatus;
import dev.sluice.crd.Api;
import dev.sluice.crd.DryRun;
import dev.sluice.crd.LabelSelector;
import dev.sluice.crd.Metric;
import dev.sluice.crd.MetricProvider;
import dev.sluice.crd.Rollout;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.Provider;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.kubernetes.specification.RunDetails;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The AnalysisRun object of a run, as Argo Rollouts makes them. */
public final class RunManifest {

  private static final int CONSECUTIVE_ERROR_LIMIT = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private RunManifest() {}

  /**
   * The object, not yet begun.
   *
   * @param owner its Rollout
   * @param annotations that we add to the user's
   */
  public static AnalysisRun of(
      Rollout rollout,
      OwnerReference owner,
      Run run,
      RunDetails details,
      Map<String, String> annotations) {
    Map<String, String> allAnnotations = new TreeMap<>(annotations);
    allAnnotations.put(Api.REVISION, Integer.toString(run.revision()));
    putAll(allAnnotations, details.metadata().annotations);
    AnalysisRun object = new AnalysisRun();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(run.name())
            .withNamespace(rollout.getMetadata().getNamespace())
            .withLabels(labels(rollout, run, details))
            .withAnnotations(allAnnotations)
            .withOwnerReferences(owner)
            .build());
    object.setSpec(spec(run, details));
    AnalysisRunStatus status = new AnalysisRunStatus();
    status.phase = "";
    status.runSummary = new AnalysisRunStatus.RunSummary();
    object.setStatus(status);
    return object;
  }

  private static Map<String, String> labels(Rollout rollout, Run run, RunDetails details) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(Api.POD_TEMPLATE_HASH_LABEL, run.podHash());
    labels.put("rollout-type", run.role().text());
    if (run.step() >= 0) {
      labels.put("step-index", Integer.toString(run.step()));
    }
    putAll(labels, details.metadata().labels);
    LabelSelector selector = rollout.getSpec().selector;
    putAll(labels, selector == null ? null : selector.matchLabels);
    return labels;
  }

  private static AnalysisRunSpec spec(Run run, RunDetails details) {
    AnalysisRunSpec spec = new AnalysisRunSpec();
    spec.metrics = run.plan().metrics().stream().map(RunManifest::metric).toList();
    List<AnalysisArgument> arguments = new ArrayList<>();
    run.plan()
        .arguments()
        .forEach((name, value) -> {
          AnalysisArgument argument = new AnalysisArgument();
          argument.name = name;
          argument.value = value;
          arguments.add(argument);
        });
    spec.args = arguments.isEmpty() ? null : arguments;
    List<DryRun> dryRun = details.dryRun().isEmpty() ? dryRun(run) : details.dryRun();
    spec.dryRun = dryRun.isEmpty() ? null : dryRun;
    spec.measurementRetention = details.retention().isEmpty() ? null : details.retention();
    return spec;
  }

  // Where the rules are not known any more, their outcome is: who reads the object must not think
  // that such a metric has a say.
  private static List<DryRun> dryRun(Run run) {
    return run.plan().metrics().stream()
        .filter(MetricSpec::dryRun)
        .map(metric -> {
          DryRun rule = new DryRun();
          rule.metricName = metric.name();
          return rule;
        })
        .toList();
  }

  private static Metric metric(MetricSpec of) {
    Metric metric = new Metric();
    metric.name = of.name();
    metric.interval = of.interval() == null ? null : text(of.interval());
    metric.initialDelay = of.initialDelay().isZero() ? null : text(of.initialDelay());
    metric.count = of.count() == 0 ? null : new IntOrString(of.count());
    metric.successCondition = of.successCondition();
    metric.failureCondition = of.failureCondition();
    metric.failureLimit = unless(0, of.failureLimit());
    metric.inconclusiveLimit = unless(0, of.inconclusiveLimit());
    metric.consecutiveErrorLimit = unless(CONSECUTIVE_ERROR_LIMIT, of.consecutiveErrorLimit());
    metric.consecutiveSuccessLimit = unless(0, of.consecutiveSuccessLimit());
    metric.provider = provider(of.provider());
    return metric;
  }

  private static MetricProvider provider(Provider of) {
    MetricProvider provider = new MetricProvider();
    switch (of) {
      case Provider.Prometheus(String address, String query, Duration timeout) -> {
        MetricProvider.Prometheus prometheus = new MetricProvider.Prometheus();
        prometheus.address = address;
        prometheus.query = query;
        prometheus.timeout = timeout.equals(TIMEOUT) ? null : timeout.toSeconds();
        // Empty structures as Go writes them: tools compare objects.
        prometheus.authentication = new MetricProvider.Authentication();
        prometheus.authentication.sigv4 = new MetricProvider.Sigv4();
        prometheus.authentication.oauth2 = new MetricProvider.Oauth2();
        prometheus.authentication.basicAuth = new MetricProvider.BasicAuth();
        provider.prometheus = prometheus;
      }
    }
    return provider;
  }

  private static IntOrString unless(int usual, int value) {
    return value == usual ? null : new IntOrString(value);
  }

  private static String text(Duration duration) {
    return duration.toNanosPart() % 1_000_000_000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  private static void putAll(Map<String, String> to, Map<String, String> more) {
    if (more != null) {
      to.putAll(more);
    }
  }
}
