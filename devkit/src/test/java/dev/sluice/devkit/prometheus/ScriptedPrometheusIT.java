package dev.sluice.devkit.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.devkit.process.Child;
import dev.sluice.devkit.process.FreePorts;
import dev.sluice.devkit.process.Http;
import dev.sluice.devkit.process.Ready;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedPrometheusIT {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final ScriptedPrometheus prometheus =
      new ScriptedPrometheus(0, Clock.fixed(NOW, ZoneOffset.UTC));
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    prometheus.close();
    http.close();
  }

  @Test
  void answersTheNthQueryWithTheNthValueAndGoesOnWithTheLast() throws Exception {
    assertThat(values("seq(\"a\",\"0.1,0.2\")", 3)).containsExactly("0.1", "0.2", "0.2");
    assertThat(values("seq(\"b\", \"NaN, 5\")", 2)).containsExactly("NaN", "5");
    assertThat(prometheus.queries()).isEqualTo(5);
    assertThat(prometheus.queries("b")).isEqualTo(2);
  }

  @Test
  void answersTheSameTimeWithTheSameValueHoweverOftenAndLateItIsAsked() throws Exception {
    String query = "seq(\"a\",\"1,2,3\")";

    assertThat(value(at(query, "2026-11-23T10:00:00Z"))).isEqualTo("1");
    assertThat(value(at(query, "2026-11-23T10:00:00Z"))).isEqualTo("1");
    assertThat(value(at(query, "2026-11-23T10:00:10Z"))).isEqualTo("2");
    assertThat(value(at(query, "2026-11-23T10:00:00Z"))).isEqualTo("1");
    assertThat(value(at(query, "2026-11-23T10:00:20Z"))).isEqualTo("3");
    assertThat(prometheus.queries("a")).isEqualTo(5);
  }

  @Test
  void readsAFormAsItReadsAnAddress() throws Exception {
    String query = "seq(\"a\",\"1,2\")";

    assertThat(value(post("query=" + encode(query) + "&time=1.5"))).isEqualTo("1");
    assertThat(value(get("/api/v1/query?query=" + encode(query)))).isEqualTo("2");
    assertThat(value(post("query=" + encode(query) + "&time=1.5"))).isEqualTo("1");
  }

  @Test
  void samplesCarryTheTimeOfTheQuery() throws Exception {
    String query = "seq(\"a\",\"1\")";

    assertThat(time(at(query, "2026-11-23T10:00:10Z"))).isEqualTo(NOW.getEpochSecond() + 10);
    assertThat(time(at(query, "12.5"))).isEqualTo(12.5);
    assertThat(time(get("/api/v1/query?query=" + encode(query)))).isEqualTo(NOW.getEpochSecond());
  }

  @Test
  void hasWordsForWhatIsNoSingleNumber() throws Exception {
    assertThat(answer("empty").body())
        .isEqualTo("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");
    assertThat(json(answer("two")).at("/data/result").findValuesAsText("series"))
        .containsExactly("1", "2");
    assertThat(json(answer("two")).at("/data/result/1/value/1").textValue()).isEqualTo("2");
    assertThat(json(answer("scalar:0.2")).at("/data/resultType").textValue()).isEqualTo("scalar");
    assertThat(json(answer("scalar:0.2")).at("/data/result/1").textValue()).isEqualTo("0.2");
  }

  @Test
  void failsAsPrometheusDoes() throws Exception {
    assertThat(answer("error").statusCode()).isEqualTo(400);
    assertThat(answer("error").body())
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"invalid expression\"}");
    assertThat(answer("500").statusCode()).isEqualTo(500);
    assertThat(json(answer("500")).path("errorType").textValue()).isEqualTo("internal");
    assertThat(get("/api/v1/query?query=up").statusCode()).isEqualTo(400);
    assertThat(at("seq(\"a\",\"1\")", "noon").statusCode()).isEqualTo(400);
    assertThat(prometheus.queries("a")).isZero();
  }

  @Test
  void playsAWebMetricCallByCall() throws Exception {
    String address = "/web?id=w&v=" + encode("[{\"ok\":true}, [503, \"down\"], 5]");

    assertThat(get(address).body()).isEqualTo("{\"ok\":true}");
    var second = get(address);
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.body()).isEqualTo("down");
    assertThat(get(address).body()).isEqualTo("5");
    assertThat(get(address).body()).isEqualTo("5");
    assertThat(prometheus.webCalls("w")).isEqualTo(4);
    assertThat(get("/web?id=w&v=5").statusCode()).isEqualTo(400);
  }

  @Test
  void givesEachValueOnceWhoeverAsksAtTheSameTime() throws Exception {
    String words = String.join(",", IntStream.range(0, 100).mapToObj(n -> "" + n).toList());
    Callable<String> ask =
        () -> value(get("/api/v1/query?query=" + encode("seq(\"a\",\"%s\")".formatted(words))));
    List<String> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<String> answer : threads.invokeAll(Collections.nCopies(100, ask))) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).containsExactlyInAnyOrder(words.split(","));
  }

  @Test
  void runsAsAProcessOnThePortThatItIsTold(@TempDir Path folder) {
    int port = FreePorts.next();
    Child process =
        Child.java(
            "scripted-prometheus",
            List.of("-Xmx64m"),
            ScriptedPrometheusMain.class,
            List.of("--port", "" + port),
            folder,
            folder.resolve("prometheus.log"));
    process.start();
    try {
      var uri =
          URI.create("http://127.0.0.1:%d/web?id=w&v=%s".formatted(port, encode("[[200, 1]]")));
      Ready.await(process, Duration.ofSeconds(120), () -> Http.isOk(uri));
    } finally {
      process.kill();
    }
  }

  private List<String> values(String query, int times) throws Exception {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      values.add(value(get("/api/v1/query?query=" + encode(query))));
    }
    return values;
  }

  private HttpResponse<String> answer(String word) throws Exception {
    return get("/api/v1/query?query=" + encode("seq(\"word\",\"%s\")".formatted(word)));
  }

  private HttpResponse<String> at(String query, String time) throws Exception {
    return get("/api/v1/query?query=" + encode(query) + "&time=" + encode(time));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(prometheus.url() + path)));
  }

  private HttpResponse<String> post(String form) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(prometheus.url() + "/api/v1/query"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String value(HttpResponse<String> answer) throws Exception {
    return json(answer).at("/data/result/0/value/1").textValue();
  }

  private static double time(HttpResponse<String> answer) throws Exception {
    return json(answer).at("/data/result/0/value/0").doubleValue();
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
