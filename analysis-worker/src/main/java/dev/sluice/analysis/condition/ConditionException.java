package dev.sluice.analysis.condition;

/**
 * A condition that has no answer: it cannot be read, does not fit the kind of result, or failed on
 * this one. The message is for the person who wrote the condition.
 */
public final class ConditionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConditionException(String message) {
    super(message);
  }
}
