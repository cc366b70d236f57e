package dev.sluice.analysis;

import dev.sluice.analysis.condition.Condition;
import dev.sluice.analysis.condition.ConditionException;
import dev.sluice.analysis.condition.ResultType;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.MetricSpec;

/** A metric's two conditions, read and checked, and what they say together. */
final class Conditions {

  private final MetricSpec metric;
  private final Condition success;
  private final Condition failure;

  private Conditions(MetricSpec metric, ResultType type) throws NotEvaluated {
    this.metric = metric;
    success = compiled("successCondition", metric.successCondition(), type);
    failure = compiled("failureCondition", metric.failureCondition(), type);
  }

  /** Reads both. */
  static Conditions of(MetricSpec metric, ResultType type) throws NotEvaluated {
    return new Conditions(metric, type);
  }

  boolean areNone() {
    return success == null && failure == null;
  }

  /** Failure wins; neither is inconclusive; a condition that is missing says the opposite. */
  AnalysisPhase phase(Object result) throws NotEvaluated {
    boolean succeeded =
        success != null && holds("successCondition", metric.successCondition(), success, result);
    boolean failed =
        failure != null && holds("failureCondition", metric.failureCondition(), failure, result);
    if (failed) {
      return AnalysisPhase.FAILED;
    }
    if (succeeded || success == null) {
      return AnalysisPhase.SUCCESSFUL;
    }
    return failure == null ? AnalysisPhase.FAILED : AnalysisPhase.INCONCLUSIVE;
  }

  private static Condition compiled(String field, String text, ResultType type)
      throws NotEvaluated {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Condition.compile(text, type);
    } catch (ConditionException e) {
      throw new NotEvaluated(field, text, e);
    }
  }

  private static boolean holds(String field, String text, Condition condition, Object result)
      throws NotEvaluated {
    try {
      return condition.test(result);
    } catch (ConditionException e) {
      throw new NotEvaluated(field, text, e);
    }
  }

  /** A condition that has no answer. */
  static final class NotEvaluated extends Exception {

    private static final long serialVersionUID = 1L;

    private final String about;

    NotEvaluated(String field, String text, ConditionException cause) {
      super("could not evaluate %s \"%s\": %s".formatted(field, text, cause.getMessage()), cause);
      about = "could not evaluate %s \"%s\"".formatted(field, text);
    }

    /** Which condition. */
    String about() {
      return about;
    }
  }
}
