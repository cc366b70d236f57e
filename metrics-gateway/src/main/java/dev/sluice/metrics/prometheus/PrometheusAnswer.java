package dev.sluice.metrics.prometheus;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an answer of Prometheus says. Fields that are not known are ignored; what is known and
 * malformed is unreadable, never a number.
 *
 * @param outcome the samples, or why there are none
 * @param warnings and remarks, in Prometheus' words
 */
record PrometheusAnswer(Outcome outcome, List<String> warnings) {

  static PrometheusAnswer read(int status, byte[] body) {
    JsonNode json;
    try {
      json = MessageCodec.mapper().readTree(body);
    } catch (JacksonException e) {
      json = null;
    } catch (IOException e) {
      throw new IllegalStateException("cannot happen on bytes in memory", e);
    }
    if (json != null && json.path("status").asText().equals("error")) {
      return without(refusal(json));
    }
    if (status / 100 != 2) {
      return without(noPrometheusError(status));
    }
    if (json == null || !json.path("status").asText().equals("success")) {
      return without(unreadable("the answer is not in Prometheus' form"));
    }
    return new PrometheusAnswer(result(json.path("data")), warnings(json));
  }

  private static Outcome refusal(JsonNode json) {
    String type = json.path("errorType").asText();
    return new Outcome.Unavailable(
        type.equals("timeout") ? Reason.TIMEOUT : Reason.PROVIDER_ERROR,
        type + ": " + json.path("error").asText());
  }

  // The words of Prometheus' own client, as people know them from Argo Rollouts.
  private static Outcome noPrometheusError(int status) {
    String message =
        switch (status / 100) {
          case 4 -> "client_error: client error: " + status;
          case 5 -> "server_error: server error: " + status;
          default -> "bad_response: bad response code " + status;
        };
    return new Outcome.Unavailable(Reason.PROVIDER_ERROR, message);
  }

  private static Outcome result(JsonNode data) {
    JsonNode result = data.path("result");
    return switch (data.path("resultType").asText()) {
      case "vector" -> samples(result, series -> List.of(series.path("value")));
      case "matrix" -> samples(result, series -> series.path("values"));
      case "scalar" ->
          isSample(result)
              ? new Outcome.Scalar(number(result))
              : unreadable("a scalar that is none");
      default -> unreadable("Prometheus metric type not supported");
    };
  }

  private interface Samples {
    Iterable<JsonNode> of(JsonNode series);
  }

  private static Outcome samples(JsonNode result, Samples samples) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode series : result) {
      for (JsonNode sample : samples.of(series)) {
        if (!isSample(sample)) {
          return unreadable(
              series.has("histogram") || series.has("histograms")
                  ? "native histograms are no numbers: take histogram_quantile() or the like"
                  : "a sample that is no number");
        }
        numbers.add(number(sample));
      }
    }
    return numbers.isEmpty() ? new Outcome.NoData() : new Outcome.Vector(numbers);
  }

  private static boolean isSample(JsonNode sample) {
    return sample.isArray()
        && sample.size() == 2
        && sample.get(1).isTextual()
        && sample.get(1).textValue().matches("NaN|[+-]?Inf|[+-]?[0-9.]+([eE][+-]?[0-9]+)?");
  }

  private static double number(JsonNode sample) {
    return Double.parseDouble(sample.get(1).textValue().replace("Inf", "Infinity"));
  }

  private static List<String> warnings(JsonNode json) {
    List<String> warnings = new ArrayList<>();
    for (String name : List.of("warnings", "infos")) {
      json.path(name).forEach(text -> warnings.add(text.asText()));
    }
    return warnings;
  }

  private static Outcome unreadable(String message) {
    return new Outcome.Unavailable(Reason.UNREADABLE, message);
  }

  private static PrometheusAnswer without(Outcome outcome) {
    return new PrometheusAnswer(outcome, List.of());
  }
}
