package dev.sluice.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GoDurationTest {

  static Stream<Map.Entry<String, JsonNode>> durations() {
    return Resources.json("go-vectors.json").get("durations").properties().stream();
  }

  @ParameterizedTest
  @MethodSource("durations")
  void durationsAreReadAsGoReadsThem(Map.Entry<String, JsonNode> row) {
    JsonNode go = row.getValue();
    if (go.isTextual()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> GoDuration.parse(row.getKey()))
          .withMessage(go.textValue());
    } else {
      assertThat(GoDuration.parse(row.getKey())).hasNanos(go.longValue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10",
    "+5, 5",
    "-5, -5",
    "10s, 10",
    "5m, 300",
    "1h30m, 5400",
    "500ms, 0",
    "1999ms, 1",
    "-1500ms, -1",
    "2x, -1",
    "1 h, -1",
    "99999999999, -1",
    "1000000h, 2147483647"
  })
  void aPauseIsWholeSecondsAndMinusOneIfUnreadable(String text, int seconds) {
    assertThat(GoDuration.pauseSeconds(new IntOrString(text))).isEqualTo(seconds);
  }

  @Test
  void aNumberIsSeconds() {
    assertThat(GoDuration.pauseSeconds(new IntOrString(90))).isEqualTo(90);
    assertThat(GoDuration.pauseSeconds(new IntOrString(-5))).isEqualTo(-5);
  }
}
