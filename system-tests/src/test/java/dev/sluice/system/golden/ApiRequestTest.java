package dev.sluice.system.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiRequestTest {

  private static final String PATCH =
      """
      {"stage":"ResponseComplete","verb":"patch","userAgent":"sluice-traffic-router/1.0 (linux)",\
      "objectRef":{"resource":"rollouts","namespace":"shop","name":"app","subresource":"status"},\
      "responseStatus":{"code":409},"requestReceivedTimestamp":"2026-08-01T10:00:00.000001Z"}
      """;
  private static final String WATCH_BEGINS =
      """
      {"stage":"ResponseStarted","verb":"watch","userAgent":"kubectl",\
      "requestReceivedTimestamp":"2026-08-01T10:00:00.000001Z"}
      """;

  @TempDir Path folder;

  @Test
  void aRequestIsReadFromOneLine() throws IOException {
    assertThat(ApiRequest.all(log(PATCH)))
        .containsExactly(
            new ApiRequest(
                Instant.parse("2026-08-01T10:00:00.000001Z"),
                "sluice-traffic-router",
                "patch",
                "rollouts/status",
                "shop",
                "app",
                409));
  }

  @Test
  void whatIsNotFinishedIsLeftOut() throws IOException {
    String half = PATCH.substring(0, PATCH.length() / 2);
    assertThat(ApiRequest.all(log(WATCH_BEGINS + PATCH + half))).hasSize(1);
    assertThat(ApiRequest.all(log(half))).isEmpty();
  }

  private Path log(String text) throws IOException {
    return Files.writeString(folder.resolve("audit.jsonl"), text);
  }
}
