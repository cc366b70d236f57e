package dev.sluice.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoTextTest {

  private static final JsonNode GO = Resources.json("go-vectors.json");

  static Stream<Map.Entry<String, JsonNode>> quantities() {
    return GO.get("quantities").properties().stream();
  }

  static Stream<JsonNode> strings() {
    return Resources.stream(GO.get("strings"));
  }

  static Stream<JsonNode> numbers() {
    return Resources.stream(GO.get("numbers"));
  }

  @ParameterizedTest
  @MethodSource("quantities")
  void quantitiesAreWrittenAsKubernetesWritesThem(Map.Entry<String, JsonNode> row) {
    assertThat(Quantity.canonical(row.getKey(), "")).isEqualTo(row.getValue().textValue());
  }

  @ParameterizedTest
  @MethodSource("strings")
  void stringsAreEscapedAsGoEscapesThem(JsonNode row) {
    StringBuilder out = new StringBuilder();
    GoText.quote(row.get(0).textValue(), out);

    assertThat(out).hasToString(row.get(1).textValue());
  }

  @Test
  void halfOfASurrogatePairBecomesTheReplacementCharacter() {
    StringBuilder out = new StringBuilder();
    GoText.quote("a\ud800b\udc00", out);

    assertThat(out).hasToString("\"a\ufffdb\ufffd\"");
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void numbersAreWrittenAsGoWritesThem(JsonNode row) {
    assertThat(GoText.number(row.get(0))).isEqualTo(row.get(1).textValue());
  }
}
