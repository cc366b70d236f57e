package dev.sluice.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepsHashTest {

  static Stream<JsonNode> recorded() {
    return Resources.rows("recorded-steps.json");
  }

  static Stream<JsonNode> filledByGo() {
    return Resources.rows("filled-steps.json");
  }

  @ParameterizedTest
  @MethodSource({"recorded", "filledByGo"})
  void stepsHashAsInArgosStatus(JsonNode row) {
    ArrayNode steps = row.get("steps") instanceof ArrayNode list ? list : null;

    assertThat(StepsHash.of(steps)).isEqualTo(row.get("hash").textValue());
  }

  @Test
  void emptyStepsAreNotTheSameAsNone() {
    assertThat(StepsHash.of(Resources.JSON.createArrayNode())).isNotEqualTo(StepsHash.of(null));
  }
}
