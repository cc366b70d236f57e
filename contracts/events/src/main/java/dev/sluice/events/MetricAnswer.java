package dev.sluice.events;

import java.time.Instant;
import java.util.List;

/**
 * The metrics gateway's answer: always with the question, so that it can be judged and repeated.
 *
 * @param query as it was asked
 * @param time that it was asked for
 * @param latencyMillis of the provider; -1 where it was not reached
 * @param outcome what came back
 * @param warnings of the provider; mostly empty
 */
public record MetricAnswer(
    String query, Instant time, long latencyMillis, Outcome outcome, List<String> warnings) {

  /** Copies the list. */
  public MetricAnswer {
    warnings = List.copyOf(warnings);
  }

  /** What came back. Missing data and a failure to read are answers of their own, never numbers. */
  public sealed interface Outcome {

    /**
     * The samples of all series, in the provider's order; may hold NaN and infinities. Never empty.
     *
     * @param samples at least one
     */
    record Vector(List<Double> samples) implements Outcome {

      /** Checks that there is a sample. */
      public Vector {
        samples = List.copyOf(samples);
        if (samples.isEmpty()) {
          throw new IllegalArgumentException("a vector without samples is NoData");
        }
      }
    }

    /** A single number without series. */
    record Scalar(double value) implements Outcome {}

    /** The provider answered, and has nothing. */
    record NoData() implements Outcome {}

    /**
     * There is no answer.
     *
     * @param reason what kind of failure
     * @param message for people; in the provider's words where it has any
     */
    record Unavailable(Reason reason, String message) implements Outcome {}
  }

  /** Why there is no answer. */
  public enum Reason {
    /** The provider refused the question, for instance {@code bad_data: invalid expression}. */
    PROVIDER_ERROR,
    /** No connection, or broken off. */
    UNREACHABLE,
    /** No answer in time. */
    TIMEOUT,
    /** An answer that is none: no JSON, too large, an unknown type. */
    UNREADABLE,
    /** The address is not in the list of allowed endpoints. */
    NOT_ALLOWED,
    /** We shed it ourselves: ask later, and count nothing. */
    OVERLOADED
  }
}
