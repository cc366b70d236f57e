package dev.sluice.analysis.kafka;

import static dev.sluice.analysis.kafka.Installation.GENEROUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.analysis.Samples;
import dev.sluice.analysis.gateway.PlayedGateway;
import dev.sluice.devkit.kafka.EmbeddedKafka;
import dev.sluice.devkit.process.ServiceProcess;
import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisDesired.Wanted;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.VerdictReached;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers as they are shipped, each in a process of its own: one is killed, one falls asleep. */
class WorkerProcessesIT {

  private static final int TICKS = 25;
  private static final MetricSpec METRIC =
      Samples.metric("m", m -> m.every(Duration.ofSeconds(1)).times(TICKS));

  @TempDir static Path folder;
  private static Installation installation;
  private static PlayedGateway gateway;

  @BeforeAll
  static void start() {
    installation = new Installation(EmbeddedKafka.start(folder.resolve("kafka")));
    gateway = new PlayedGateway(_ -> new Outcome.Vector(List.of(0.001)));
  }

  @AfterAll
  static void end() {
    gateway.close();
    installation.close();
  }

  private static ServiceProcess worker(String name) {
    return ServiceProcess.start(
        new ServiceProcess.Settings(
            name,
            Path.of("target/quarkus-app/quarkus-run.jar"),
            Map.of(
                "kafka.bootstrap.servers", installation.kafka.bootstrapServers(),
                "sluice.gateway.url", gateway.address().toString()),
            Map.of()),
        folder.resolve(name));
  }

  private static List<AnalysisDesired> wantRuns(String prefix) {
    List<AnalysisDesired> all =
        IntStream.range(0, 8)
            .mapToObj(i ->
                Samples.desired("uid/" + prefix + i, Installation.soon(), Wanted.MEASURE, METRIC))
            .toList();
    all.forEach(installation::want);
    all.forEach(desired -> installation.awaitSome(() -> installation.measurements(desired.run())));
    return all;
  }

  private static void assertEachTickOnce(List<AnalysisDesired> all) {
    for (AnalysisDesired desired : all) {
      VerdictReached verdict = installation.awaitVerdict(desired.run());
      List<MeasurementTaken> taken = installation.measurements(desired.run());

      assertThat(verdict.phase()).isEqualTo(AnalysisPhase.SUCCESSFUL);
      assertThat(taken)
          .extracting(each -> each.measurement().tick())
          .containsExactlyElementsOf(IntStream.range(0, TICKS).boxed().toList());
      assertThat(taken)
          .extracting(each -> each.measurement().dueAt())
          .containsExactlyElementsOf(
              IntStream.range(0, TICKS).mapToObj(desired.startAt()::plusSeconds).toList());
      assertThat(installation.verdicts(desired.run())).hasSize(1);
    }
  }

  private static void awaitBothHavePartitions(ServiceProcess one, ServiceProcess other) {
    await().atMost(GENEROUS).until(() -> hasTwo(one) && hasTwo(other));
  }

  private static boolean hasTwo(ServiceProcess worker) {
    return health(worker).matches("(?s).*\"given\": \"\\[\\d, \\d\\]\".*");
  }

  private static String health(ServiceProcess worker) {
    return get(worker, "/q/health/ready");
  }

  private static String get(ServiceProcess worker, String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(worker.url() + path)).build(),
              BodyHandlers.ofString())
          .body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aWorkerThatIsKilledLosesNoTickAndDoublesNone() {
    try (ServiceProcess one = worker("killed-one");
        ServiceProcess other = worker("killed-other")) {
      awaitBothHavePartitions(one, other);
      List<AnalysisDesired> all = wantRuns("killed-");

      one.kill();

      assertEachTickOnce(all);
      assertThat(get(other, "/q/metrics"))
          .contains("sluice_analysis_ticks_asked_total")
          .contains("sluice_analysis_measurements_total{phase=\"Successful\"")
          .contains("sluice_analysis_verdicts_total{phase=\"Successful\"");
    }
  }

  @Test
  void aWorkerThatSleptAndWakesChangesNothing() {
    try (ServiceProcess one = worker("slept-one");
        ServiceProcess other = worker("slept-other")) {
      awaitBothHavePartitions(one, other);
      List<AnalysisDesired> all = wantRuns("slept-");

      one.pause();
      await()
          .atMost(GENEROUS)
          .until(() -> health(other).contains("[0, 1, 2, 3]") && other.isReady());
      one.resume();

      assertEachTickOnce(all);
    }
  }
}
