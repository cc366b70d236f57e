package dev.sluice.analysis.condition;

/** The steps that an evaluation has left. */
final class Budget {

  private long left = Limits.STEPS;

  void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw new ConditionException("took more than " + Limits.STEPS + " steps");
    }
  }
}
