package dev.sluice.devkit.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusServerIT {

  @TempDir Path folder;

  @Test
  void scrapesWhatFilesNameAndKeepsItOverAKill() throws Exception {
    var exporter = exporter("parcels_total{pod=\"own\"} 7\n");
    try (var prometheus = PrometheusServer.start(folder)) {
      Files.writeString(
          prometheus.targets().resolve("pods.json"),
          """
          [{"targets": ["127.0.0.1:%d"], "labels": {"revision": "canary", "pod": "file"}}]
          """
              .formatted(exporter.getAddress().getPort()));
      prometheus.reload();

      String query = "parcels_total{revision=\"canary\",pod=\"own\"}";
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(value(prometheus, query)).isEqualTo("7"));

      long asked = prometheus.queries();
      value(prometheus, query);
      assertThat(prometheus.queries()).isEqualTo(asked + 1);

      exporter.stop(0);
      prometheus.restart();

      assertThat(value(prometheus, "last_over_time(" + query + "[5m])")).isEqualTo("7");
    }
  }

  private static HttpServer exporter(String text) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String value(PrometheusServer prometheus, String query) throws IOException {
    var uri =
        URI.create(
            prometheus.url()
                + "/api/v1/query?query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
    try (InputStream answer = uri.toURL().openStream()) {
      return new ObjectMapper().readTree(answer).at("/data/result/0/value/1").asText("none");
    }
  }
}
