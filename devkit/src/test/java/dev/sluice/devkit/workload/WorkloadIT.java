package dev.sluice.devkit.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadIT {

  private static final long LIMIT = 1L << 30;

  @TempDir static Path folder;
  private static Workload workload;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    workload =
        Workload.start(
            folder,
            Map.of(
                "acme/shop@sha256:aa", Behaviour.GOOD,
                "acme/shop@sha256:bb", Behaviour.ERRORS,
                "acme/shop@sha256:cc", Behaviour.LATENCY,
                "acme/shop@sha256:dd", Behaviour.LEAK),
            Duration.ofMillis(200));
  }

  @AfterAll
  static void stop() {
    workload.close();
  }

  @Test
  void answersAsThePodThatItPlays() throws Exception {
    int port = workload.play(pod("good", "acme/shop@sha256:aa"));

    var answer = get(port, "/");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Pod-Hash")).contains("hash-of-good");
    assertThat(workload.play(pod("good", "acme/shop@sha256:aa"))).isEqualTo(port);
  }

  @Test
  void countsErrorsFromZeroOn() throws Exception {
    int port = workload.play(pod("fresh", "acme/shop@sha256:aa"));

    assertThat(metric(port, "http_requests_total{app=\"shop\",code=\"500\"}")).isZero();
    assertThat(metric(port, "http_requests_total{app=\"shop\",code=\"200\"}")).isZero();
  }

  @Test
  void answersOneInTwentyWithAnErrorWhereTheImageIsBad() throws Exception {
    int port = workload.play(pod("errors", "acme/shop@sha256:bb"));
    for (int i = 0; i < 40; i++) {
      get(port, "/");
    }
    assertThat(metric(port, "http_requests_total{app=\"shop\",code=\"500\"}")).isEqualTo(2);
    assertThat(metric(port, "http_requests_total{app=\"shop\",code=\"200\"}")).isEqualTo(38);
  }

  @Test
  void takesLongForOneInTenWhereTheImageIsSlow() throws Exception {
    int port = workload.play(pod("slow", "acme/shop@sha256:cc"));
    for (int i = 0; i < 10; i++) {
      get(port, "/");
    }
    double quick = metric(port, "http_request_duration_seconds_bucket{app=\"shop\",le=\"0.5\"}");
    double all = metric(port, "http_request_duration_seconds_bucket{app=\"shop\",le=\"10.0\"}");
    assertThat(all).isEqualTo(10);
    assertThat(quick).isEqualTo(9);
  }

  @Test
  void playsMemoryAndSaysSo() throws Exception {
    int good = workload.play(pod("calm", "acme/shop@sha256:aa"));
    int leaking = workload.play(pod("leaking", "acme/shop@sha256:dd"));
    String labels = "{container=\"main\",namespace=\"test\",pod=\"%s\"}";
    String used = "container_memory_working_set_bytes" + labels;

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> metric(leaking, used.formatted("leaking")) > 0.9 * LIMIT);
    assertThat(metric(good, used.formatted("calm"))).isEqualTo(LIMIT / 2.0);
    assertThat(
            metric(
                good,
                "kube_pod_container_resource_limits"
                    + "{container=\"main\",namespace=\"test\",pod=\"calm\",resource=\"memory\"}"))
        .isEqualTo(LIMIT);
    assertThat(get(good, "/metrics").body())
        .contains("# HELP container_memory_working_set_bytes Memory in use. Played");
  }

  @Test
  void closesThePortOfAPodThatIsGone() throws Exception {
    int port = workload.play(pod("gone", "acme/shop@sha256:aa"));
    int other = workload.play(pod("stays", "acme/shop@sha256:aa"));

    workload.crash("test", "gone");

    await().atMost(Duration.ofSeconds(30)).until(() -> !answers(port));
    assertThat(answers(other)).isTrue();
    assertThat(workload.play(pod("gone", "acme/shop@sha256:aa"))).isNotEqualTo(port);
  }

  @Test
  void cannotPlayAnImageThatDoesNotExist() {
    assertThatThrownBy(() -> workload.play(pod("odd", "acme/shop:latest")))
        .hasMessageContaining("there is no image acme/shop:latest");
  }

  private static PlayedPod pod(String name, String image) {
    return new PlayedPod("test", name, image, "hash-of-" + name, "shop", "main", LIMIT);
  }

  private boolean answers(int port) {
    try {
      return get(port, "/").statusCode() == 200;
    } catch (IOException | InterruptedException closed) {
      return false;
    }
  }

  private double metric(int port, String series) throws IOException, InterruptedException {
    String text = get(port, "/metrics").body();
    var line = Pattern.compile("(?m)^" + Pattern.quote(series) + " (.*)$").matcher(text);
    assertThat(line.find()).as(series + " in\n" + text).isTrue();
    return Double.parseDouble(line.group(1));
  }

  private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + port + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
