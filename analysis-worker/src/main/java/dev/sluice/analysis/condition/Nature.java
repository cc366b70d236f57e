package dev.sluice.analysis.condition;

/** What is known of a value before it exists. Names are those that users of expr know, from Go. */
sealed interface Nature {

  /** A value without parts that are known. */
  enum Simple implements Nature {
    ANY("unknown"),
    NIL("nil"),
    BOOLEAN("bool"),
    INTEGER("int"),
    FLOAT("float64"),
    TEXT("string"),
    OBJECT("map[string]interface {}");

    private final String text;

    Simple(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** A list whose elements are alike. */
  record ListOf(Nature element) implements Nature {
    @Override
    public String toString() {
      return "[]" + (element == Simple.ANY ? "interface {}" : element);
    }
  }

  default boolean isAny() {
    return this == Simple.ANY;
  }

  default boolean isNumber() {
    return this == Simple.INTEGER || this == Simple.FLOAT;
  }

  default boolean isList() {
    return this instanceof ListOf;
  }

  /** Whether {@code ==} makes sense: same kind, both numbers, one of them nil or open. */
  default boolean isComparableTo(Nature other) {
    return isAny()
        || other.isAny()
        || this == Simple.NIL
        || other == Simple.NIL
        || isNumber() && other.isNumber()
        || isList() && other.isList()
        || equals(other);
  }

  /** What holds for either of two values. */
  default Nature or(Nature other) {
    if (equals(other) || other == Simple.NIL) {
      return this;
    }
    return this == Simple.NIL ? other : Simple.ANY;
  }
}
