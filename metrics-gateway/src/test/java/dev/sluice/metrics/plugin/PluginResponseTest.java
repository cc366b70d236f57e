package dev.sluice.metrics.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.PluginAnswer;
import dev.sluice.events.PluginPhase;
import dev.sluice.metrics.PluginReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginResponseTest {

  @Test
  void anAnswerIsReadWithAllThatItSays() {
    assertThat(
            read(
                """
                {"phase": "Running", "message": "41 of 60", "requeueAfterSeconds": 45,
                 "status": {"job": 17}, "more": true}
                """))
        .isEqualTo(
            new PluginReply(
                PluginPhase.RUNNING, "41 of 60", Duration.ofSeconds(45), "{\"job\":17}"));
  }

  @Test
  void aPhaseIsEnough() {
    assertThat(read("{\"phase\": \"Successful\"}"))
        .isEqualTo(new PluginReply(PluginPhase.SUCCESSFUL, "", null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}                                                      | has phase ''",
        "{\"phase\": \"successful\"}                             | has phase 'successful'",
        "Successful                                              | is no JSON",
        "[\"Successful\"]                                        | is no JSON object",
        "{\"phase\": \"Running\", \"requeueAfterSeconds\": \"5s\"} | is no number of seconds",
        "{\"phase\": \"Running\", \"requeueAfterSeconds\": -1}     | is no number of seconds",
        "{\"phase\": \"Running\", \"requeueAfterSeconds\": 90000}  | is no number of seconds"
      })
  void whatIsMalformedSaysNothingAboutTheStep(String body, String message) {
    assertThat(read(body).phase()).isEqualTo(PluginPhase.ERROR);
    assertThat(read(body).message()).contains(message);
  }

  @Test
  void aStatusThatIsTooLargeIsNotKept() {
    String large = "\"" + "x".repeat(PluginAnswer.LARGEST_STATUS) + "\"";
    PluginReply reply = read("{\"phase\": \"Successful\", \"status\": " + large + "}");
    assertThat(reply.phase()).isEqualTo(PluginPhase.ERROR);
    assertThat(reply.status()).isNull();
  }

  @Test
  void aLongMessageIsCut() {
    assertThat(
            read("{\"phase\": \"Failed\", \"message\": \"" + "x".repeat(5_000) + "\"}").message())
        .hasSize(1_001);
  }

  @ParameterizedTest
  @CsvSource({"302", "404", "500", "503"})
  void anyOtherStatusThanTwoHundredIsAnError(int status) {
    PluginReply reply = PluginResponse.read(status, "{\"phase\": \"Successful\"}".getBytes());
    assertThat(reply.phase()).isEqualTo(PluginPhase.ERROR);
    assertThat(reply.message()).contains("status " + status);
  }

  private static PluginReply read(String body) {
    return PluginResponse.read(200, body.getBytes(StandardCharsets.UTF_8));
  }
}
