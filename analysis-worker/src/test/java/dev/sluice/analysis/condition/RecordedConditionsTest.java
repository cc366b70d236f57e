package dev.sluice.analysis.condition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What the evaluator of Argo Rollouts answered, row by row ({@code conditions.jsonl}: kind of
 * result, result, condition, outcome).
 *
 * <p>Of 3,972 recorded rows every one is kept that does not use a word or sign of {@link #NOT_YET}
 * outside of strings: what the language of Sluice leaves out so far. Errors are compared as errors,
 * their texts are not.
 */
class RecordedConditionsTest {

  private static final int ROWS = 3_644;

  static final List<String> NOT_YET =
      List.of(
          "bitand",
          "concat",
          "date",
          "duration",
          "flatten",
          "groupBy",
          "if",
          "keys",
          "let",
          "matches",
          "now",
          "reduce",
          "reverse",
          "sort",
          "split",
          "string",
          "take",
          "toJSON",
          "trim",
          "uniq",
          "upper",
          "values",
          ";");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern WORDS = Pattern.compile("\"[^\"]*\"|[A-Za-z_]\\w*|;");

  private record Row(String type, Object result, String condition, String outcome) {

    String answer() {
      try {
        ResultType kind =
            switch (type) {
              case "vector" -> ResultType.VECTOR;
              case "scalar" -> ResultType.SCALAR;
              default -> ResultType.ofJson(result);
            };
        return String.valueOf(Condition.compile(condition, kind).test(result));
      } catch (ConditionException e) {
        return "error";
      }
    }
  }

  @Test
  void everyRecordedRowComesOut() {
    List<Row> rows = rows();

    assertThat(rows.stream().filter(row -> !row.answer().equals(row.outcome())).toList())
        .as("rows that come out otherwise, of " + rows.size())
        .isEmpty();
    assertThat(rows).hasSize(ROWS);
  }

  @Test
  void noKeptRowUsesWhatIsLeftOut() {
    assertThat(rows().stream().map(Row::condition).filter(RecordedConditionsTest::usesMore))
        .isEmpty();
  }

  @ParameterizedTest
  @FieldSource("NOT_YET")
  void whatIsLeftOutIsAnErrorThatNamesIt(String word) {
    String condition = word.equals(";") ? "true; true" : word + "(result)";

    assertThat(error(condition)).contains(word);
  }

  private static String error(String condition) {
    try {
      Condition.compile(condition, ResultType.VECTOR);
      return "none";
    } catch (ConditionException e) {
      return e.getMessage();
    }
  }

  private static boolean usesMore(String condition) {
    return WORDS.matcher(condition).results().anyMatch(word -> NOT_YET.contains(word.group()));
  }

  private static List<Row> rows() {
    try (var in =
        Objects.requireNonNull(
            RecordedConditionsTest.class.getResourceAsStream("/conditions.jsonl"))) {
      List<Row> rows = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        JsonNode row = JSON.readTree(line);
        String type = row.get("type").asText();
        Object result = value(row.get("result"), !type.equals("json"));
        rows.add(new Row(type, result, row.get("condition").asText(), row.get("outcome").asText()));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Numbers are floats; in a vector or scalar, texts stand for those that JSON does not have. */
  private static Object value(JsonNode node, boolean number) {
    return switch (node.getNodeType()) {
      case NUMBER -> node.asDouble();
      case STRING ->
          number
              ? (Object) Double.parseDouble(node.asText().replace("Inf", "Infinity"))
              : node.asText();
      case BOOLEAN -> node.asBoolean();
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        node.forEach(each -> list.add(value(each, number)));
        yield list;
      }
      case OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(each -> map.put(each.getKey(), value(each.getValue(), number)));
        yield map;
      }
      default -> null;
    };
  }
}
