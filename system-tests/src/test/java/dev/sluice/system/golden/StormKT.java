package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.devkit.controlplane.Assets;
import dev.sluice.devkit.controlplane.AuditLevel;
import dev.sluice.devkit.process.Jvm;
import dev.sluice.devkit.process.ServiceProcess;
import dev.sluice.devkit.prometheus.ScriptedPrometheus;
import dev.sluice.devkit.up.Installation;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The storm: nearly every Rollout of a large cluster gets a new image at once. A measurement, not a
 * test: it runs with {@code -Dsluice.bench=storm} only, asserts that every Rollout ends Healthy,
 * and nothing on time. {@code -Dsluice.storm=1000} says how many Rollouts live. The table is in
 * {@code target/storm.md}.
 */
@EnabledIfSystemProperty(named = "sluice.bench", matches = "storm")
class StormKT {

  private static final Path TABLE = Path.of("target/storm.md");
  private static final int ALL = Integer.getInteger("sluice.storm", 1_000);

  /** Those that are not in the storm: one after the other they show what a verdict takes. */
  private static final int CALM = 20;

  private static final int FIRST_WEIGHT = 10;
  private static final int LAST_WEIGHT = 80;

  @TempDir Path folder;

  private final List<String> table = new ArrayList<>();

  @Test
  void everyRolloutGetsAnImageAtOnce() throws Exception {
    assumeTrue(Assets.find().isPresent(), "NOT MEASURED: set " + Assets.VARIABLE);
    // Room for so many; C2 would still be compiling when the storm is over.
    if (System.getenv(Jvm.VARIABLE) == null) {
      System.setProperty(Jvm.PROPERTY, "-Xmx512m");
    }
    try (var prometheus = new ScriptedPrometheus(0, Clock.systemUTC());
        var cluster = new RealCluster(folder.resolve("plane"), AuditLevel.METADATA);
        var installation = Stage.install(folder, cluster.kubeconfig(), prometheus, "error");
        var client = Stage.client(cluster.kubeconfig());
        var fleet = new Fleet(client, prometheus.url())) {
      table.add("| %d Rollouts | |".formatted(ALL));
      table.add("|---|--:|");
      fleet.deploy(0, CALM);
      Span idle = oneByOne(fleet, "v2");
      fleet.deploy(CALM, ALL);
      Span crowded = oneByOne(fleet, "v3");
      Span together = atOnce(fleet, "v4");
      Instant begin = storm(fleet, installation, cluster);
      TopicLog log = TopicLog.read(installation.kafka().bootstrapServers());
      moments(log, begin);
      List<Raise> raises = Raise.all(log, ApiRequest.all(cluster.auditLog()));
      row("verdict -> weight, one update, %d live: p50".formatted(CALM), idle.median(raises));
      row("verdict -> weight, one update, %d live: p50".formatted(ALL), crowded.median(raises));
      row("verdict -> weight, %d updates at once: p50".formatted(CALM), together.median(raises));
    } finally {
      table.forEach(System.out::println);
      Files.write(TABLE, table);
    }
  }

  private record Span(Instant from, Instant to) {

    String median(List<Raise> raises) {
      List<Duration> sorted =
          raises.stream()
              .filter(raise -> !raise.verdict().isBefore(from) && raise.verdict().isBefore(to))
              .map(raise -> raise.total().minus(raise.waitForPods()))
              .sorted()
              .toList();
      return sorted.isEmpty()
          ? "none"
          : "%d ms (%d)".formatted(sorted.get(sorted.size() / 2).toMillis(), sorted.size());
    }
  }

  private static Span oneByOne(Fleet fleet, String tag) throws Exception {
    Instant from = Instant.now();
    for (int number = 0; number < CALM; number++) {
      fleet.update(number, number + 1, tag);
      fleet.awaitHealthy(number, number + 1);
    }
    return new Span(from, Instant.now());
  }

  private static Span atOnce(Fleet fleet, String tag) throws Exception {
    Instant from = Instant.now();
    fleet.update(0, CALM, tag);
    fleet.awaitHealthy(0, CALM);
    return new Span(from, Instant.now());
  }

  // How far into the storm each sort of decision was taken.
  private void moments(TopicLog log, Instant begin) {
    var moments = new TreeMap<String, List<Duration>>();
    for (TopicLog.Line<RolloutEvent> line : log.all(RolloutEvent.class)) {
      RolloutEvent event = line.message();
      if (!event.at().isBefore(begin)) {
        moments
            .computeIfAbsent(sort(event.fact()), _ -> new ArrayList<>())
            .add(Duration.between(begin, event.at()));
      }
    }
    moments.forEach((sort, times) -> {
      times.sort(Comparator.naturalOrder());
      row(
          "%s: first, p50, last of %d".formatted(sort, times.size()),
          "%.1f, %.1f, %.1f s"
              .formatted(
                  seconds(times.getFirst()),
                  seconds(times.get(times.size() / 2)),
                  seconds(times.getLast())));
    });
  }

  private static String sort(RolloutFact fact) {
    String name = fact.getClass().getSimpleName();
    return switch (fact) {
      case RolloutFact.WeightDesired desired -> name + " " + desired.weight();
      case RolloutFact.WeightApplied applied -> name + " " + applied.weight();
      default -> name;
    };
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private Instant storm(Fleet fleet, Installation installation, RealCluster cluster)
      throws Exception {
    int rollouts = ALL - CALM;
    fleet.forgetWeights();
    Duration before = processorTime(installation);
    Instant begin = Instant.now();
    fleet.update(CALM, ALL, "v2");
    row("last image written", since(begin, Instant.now()));
    fleet.awaitHealthy(CALM, ALL);
    Instant end = Instant.now();
    row("last first weight", since(begin, last(fleet, FIRST_WEIGHT)));
    row("all weights", since(begin, last(fleet, LAST_WEIGHT)));
    row("all Healthy", since(begin, end));
    Duration used = processorTime(installation).minus(before);
    row(
        "CPU-seconds of the four services, each rollout",
        "%.3f".formatted(used.toMillis() / 1000.0 / rollouts));
    List<ApiRequest> requests =
        ApiRequest.all(cluster.auditLog()).stream()
            .filter(request -> request.userAgent().startsWith("sluice-"))
            .filter(request -> !request.userAgent().startsWith("sluice-devkit"))
            .filter(request -> !request.at().isBefore(begin) && !request.at().isAfter(end))
            .toList();
    row(
        "writes without Events, each rollout",
        each(requests.stream().filter(r -> r.isWrite() && !r.isEvent()).count(), rollouts));
    row(
        "Events, each rollout",
        each(requests.stream().filter(ApiRequest::isEvent).count(), rollouts));
    row(
        "reads, each rollout",
        each(requests.stream().filter(ApiRequest::isRead).count(), rollouts));
    byResource(requests, rollouts);
    row("conflicts", String.valueOf(requests.stream().filter(ApiRequest::isConflict).count()));
    for (ServiceProcess service : installation.services().all()) {
      row(
          "memory of " + service.process().name(),
          "%d MB".formatted(service.process().residentBytes() >> 20));
    }
    row("AnalysisRuns, each rollout", each(fleet.runs(CALM), rollouts));
    assertThat(IntStream.range(CALM, ALL).filter(n -> fleet.weighed(n, LAST_WEIGHT) == null))
        .as("Rollouts without their last weight")
        .isEmpty();
    return begin;
  }

  private void byResource(List<ApiRequest> requests, int rollouts) {
    var counts = new TreeMap<String, Long>();
    requests.stream()
        .filter(request -> !request.isEvent())
        .forEach(request -> counts.merge(request.verb() + " " + request.resource(), 1L, Long::sum));
    counts.forEach((kind, count) -> row(kind + ", each rollout", each(count, rollouts)));
  }

  private static Instant last(Fleet fleet, int weight) {
    return IntStream.range(CALM, ALL)
        .mapToObj(number -> fleet.weighed(number, weight))
        .max(Comparator.nullsFirst(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private static String since(Instant begin, Instant end) {
    return "%.1f s".formatted(seconds(Duration.between(begin, end)));
  }

  private static String each(long count, int rollouts) {
    return "%.1f".formatted((double) count / rollouts);
  }

  private static Duration processorTime(Installation installation) {
    return installation.services().all().stream()
        .map(service -> service.process().processorTime())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private void row(String what, String value) {
    table.add("| %s | %s |".formatted(what, value));
    System.out.println(table.getLast());
  }
}
