package dev.sluice.analysis.condition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One number out of many, which may stand in lists of lists. */
final class Aggregates {

  private Aggregates() {}

  static Object apply(Function function, List<Object> arguments, Budget budget) {
    List<Number> numbers = new ArrayList<>();
    collect(function, arguments, numbers, budget);
    return switch (function) {
      case MAX -> extreme(numbers, true);
      case MIN -> extreme(numbers, false);
      case MEAN ->
          numbers.stream().mapToDouble(Number::doubleValue).reduce(0, Double::sum)
              / Math.max(1, numbers.size());
      default -> median(numbers);
    };
  }

  private static void collect(
      Function function, List<?> values, List<Number> numbers, Budget budget) {
    for (Object value : values) {
      budget.spend(1);
      switch (value) {
        case Number number -> numbers.add(number);
        case List<?> list -> collect(function, list, numbers, budget);
        case null, default -> throw Functions.invalid(function, value);
      }
    }
  }

  /** The first of the largest or smallest, nil of none: NaN is neither larger nor smaller. */
  private static Number extreme(List<Number> numbers, boolean largest) {
    Number extreme = null;
    for (Number number : numbers) {
      if (extreme == null || (largest ? isLess(extreme, number) : isLess(number, extreme))) {
        extreme = number;
      }
    }
    return extreme;
  }

  private static boolean isLess(Number left, Number right) {
    return left instanceof Long one && right instanceof Long other
        ? one < other
        : left.doubleValue() < right.doubleValue();
  }

  /** 0 of none; between the two in the middle where there are two; NaN sorts first. */
  private static double median(List<Number> numbers) {
    double[] sorted =
        numbers.stream()
            .map(Number::doubleValue)
            .sorted(Comparator.comparing((Double number) -> !number.isNaN()).thenComparing(n -> n))
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (sorted.length == 0) {
      return 0;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
