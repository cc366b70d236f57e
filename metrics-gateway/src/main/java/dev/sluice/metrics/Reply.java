package dev.sluice.metrics;

import dev.sluice.events.MetricAnswer;
import java.util.List;

/**
 * What came back from a provider.
 *
 * @param outcome the answer, or why there is none
 * @param latencyMillis from sending to the end of the answer; -1 where it was not reached
 * @param warnings of the provider; mostly empty
 */
public record Reply(MetricAnswer.Outcome outcome, long latencyMillis, List<String> warnings) {

  /** Copies the list. */
  public Reply {
    warnings = List.copyOf(warnings);
  }

  /** One that never reached the provider, or got nothing back that can be read. */
  public static Reply unavailable(MetricAnswer.Reason reason, String message) {
    return new Reply(new MetricAnswer.Outcome.Unavailable(reason, message), -1, List.of());
  }

  /** Whether the provider answered, be it that it has nothing. A failure is no answer. */
  boolean isAnswer() {
    return switch (outcome) {
      case MetricAnswer.Outcome.Vector _,
          MetricAnswer.Outcome.Scalar _,
          MetricAnswer.Outcome.NoData _ ->
          true;
      case MetricAnswer.Outcome.Unavailable _ -> false;
    };
  }

  /** How much memory it takes, in numbers. */
  int size() {
    return outcome instanceof MetricAnswer.Outcome.Vector(var samples) ? samples.size() : 1;
  }
}
