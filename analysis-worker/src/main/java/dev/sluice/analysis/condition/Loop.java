package dev.sluice.analysis.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Functions that look at each element of a list, in order. */
enum Loop {
  ALL("all"),
  ANY("any"),
  NONE("none"),
  ONE("one"),
  FILTER("filter"),
  MAP("map"),
  COUNT("count"),
  FIND("find"),
  FIND_INDEX("findIndex"),
  SUM("sum");

  private static final Map<String, Loop> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(Loop::text, loop -> loop));

  private final String text;

  Loop(String text) {
    this.text = text;
  }

  /** The loop of that name, or null. */
  static Loop named(String name) {
    return BY_NAME.get(name);
  }

  String text() {
    return text;
  }

  /** Whether the elements themselves may take the predicate's place. */
  boolean isPredicateOptional() {
    return this == COUNT || this == SUM;
  }

  /** Whether the predicate answers yes or no; otherwise it makes a value. */
  boolean isDecided() {
    return this != MAP && this != SUM;
  }

  /** What comes of the elements; {@code answer} is the predicate, or the element itself. */
  Object run(List<?> list, UnaryOperator<Object> answer, Budget budget) {
    return switch (this) {
      case ALL -> first(list, answer, false, budget) < 0;
      case ANY -> first(list, answer, true, budget) >= 0;
      case NONE -> first(list, answer, true, budget) < 0;
      case ONE -> filtered(list, answer, budget).size() == 1;
      case FILTER -> filtered(list, answer, budget);
      case COUNT -> (long) filtered(list, answer, budget).size();
      case FIND -> {
        int at = first(list, answer, true, budget);
        yield at < 0 ? null : list.get(at);
      }
      case FIND_INDEX -> {
        int at = first(list, answer, true, budget);
        yield at < 0 ? null : (Object) (long) at;
      }
      case MAP -> {
        List<Object> answers = new ArrayList<>();
        for (Object element : list) {
          budget.spend(1);
          answers.add(answer.apply(element));
        }
        yield answers;
      }
      case SUM -> {
        Object sum = 0L;
        for (Object element : list) {
          budget.spend(1);
          sum = Operators.apply(BinaryOperator.PLUS, answer.apply(element), sum, budget);
        }
        yield sum;
      }
    };
  }

  /** Where the predicate first answers so, or -1; what is behind is not looked at. */
  private static int first(
      List<?> list, UnaryOperator<Object> answer, boolean wanted, Budget budget) {
    for (int i = 0; i < list.size(); i++) {
      budget.spend(1);
      if (Values.bool(answer.apply(list.get(i))) == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static List<Object> filtered(List<?> list, UnaryOperator<Object> answer, Budget budget) {
    List<Object> kept = new ArrayList<>();
    for (Object element : list) {
      budget.spend(1);
      if (Values.bool(answer.apply(element))) {
        kept.add(element);
      }
    }
    return kept;
  }
}
