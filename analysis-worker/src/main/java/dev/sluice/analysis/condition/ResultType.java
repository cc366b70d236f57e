package dev.sluice.analysis.condition;

import java.util.List;
import java.util.Map;

/** What kind of value {@code result} is: known before a condition runs, and checked then. */
public enum ResultType {
  /** Numbers of all series: {@code List<Double>}. */
  VECTOR(new Nature.ListOf(Nature.Simple.FLOAT)),
  /** One number: {@code Double}. */
  SCALAR(Nature.Simple.FLOAT),
  /** A list of anything: {@code List<?>}. */
  LIST(new Nature.ListOf(Nature.Simple.ANY)),
  /** A document: {@code Map<String, ?>}. */
  OBJECT(Nature.Simple.OBJECT),
  /** {@code String}. */
  TEXT(Nature.Simple.TEXT),
  /** {@code Boolean}. */
  BOOLEAN(Nature.Simple.BOOLEAN),
  /** Nothing: null. */
  NIL(Nature.Simple.NIL);

  private final Nature nature;

  ResultType(Nature nature) {
    this.nature = nature;
  }

  Nature nature() {
    return nature;
  }

  /**
   * The kind of a decoded JSON value: its outermost shape counts, what is inside stays open until
   * the condition runs.
   *
   * @param value null, Boolean, Double, String, List or Map; anything else is an {@link
   *     IllegalArgumentException}
   */
  public static ResultType ofJson(Object value) {
    return switch (value) {
      case null -> NIL;
      case Boolean _ -> BOOLEAN;
      case Double _ -> SCALAR;
      case String _ -> TEXT;
      case List<?> _ -> LIST;
      case Map<?, ?> _ -> OBJECT;
      default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
    };
  }
}
