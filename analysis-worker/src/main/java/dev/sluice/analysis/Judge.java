package dev.sluice.analysis;

import dev.sluice.analysis.Judgement.Deferred;
import dev.sluice.analysis.Judgement.Measured;
import dev.sluice.analysis.condition.ResultType;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.NoData;
import java.util.List;

/**
 * Turns an answer into a measurement by the metric's conditions. Missing data, NaN, an unreadable
 * answer and our own overload are four different things, and none is a success by our choice.
 */
final class Judge {

  private static final String NO_DATA =
      "metric result is nil or empty: no data returned from the metric provider";

  private Judge() {}

  static Judgement judge(MetricSpec metric, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Vector(List<Double> samples) ->
          value(metric, ResultType.VECTOR, samples, ValueText.of(samples));
      case Outcome.Scalar(double number) ->
          value(metric, ResultType.SCALAR, number, ValueText.of(number));
      case Outcome.NoData() -> noData(metric);
      case Outcome.Unavailable(Reason reason, String message) ->
          reason == Reason.OVERLOADED ? new Deferred() : error(message);
    };
  }

  private static Measured value(MetricSpec metric, ResultType type, Object result, String text) {
    try {
      return new Measured(Conditions.of(metric, type).phase(result), text, "");
    } catch (Conditions.NotEvaluated e) {
      return error(e.getMessage());
    }
  }

  /** A wrong condition is an Error whatever came; what only the missing data breaks is not. */
  private static Measured noData(MetricSpec metric) {
    String empty = ValueText.of(List.of());
    Conditions conditions;
    try {
      conditions = Conditions.of(metric, ResultType.VECTOR);
    } catch (Conditions.NotEvaluated e) {
      return error(e.getMessage());
    }
    if (conditions.areNone()) {
      return missing(metric, NO_DATA);
    }
    try {
      return new Measured(conditions.phase(List.of()), empty, "");
    } catch (Conditions.NotEvaluated e) {
      return missing(metric, e.about() + ": " + NO_DATA);
    }
  }

  private static Measured missing(MetricSpec metric, String message) {
    return metric.noData() == NoData.ERROR
        ? error(message)
        : new Measured(AnalysisPhase.INCONCLUSIVE, ValueText.of(List.of()), message);
  }

  private static Measured error(String message) {
    return new Measured(AnalysisPhase.ERROR, "", ValueText.shortened(message));
  }
}
