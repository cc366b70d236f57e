package dev.sluice.analysis.condition;

/**
 * A word of a condition.
 *
 * @param kind what it is
 * @param text as it reads, without quotes
 * @param value of a number (Long or Double) or a string; null otherwise
 */
record Token(Kind kind, String text, Object value) {

  enum Kind {
    NUMBER("Number"),
    STRING("String"),
    IDENTIFIER("Identifier"),
    OPERATOR("Operator"),
    BRACKET("Bracket"),
    END("EOF");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  boolean is(Kind wanted, String wantedText) {
    return kind == wanted && text.equals(wantedText);
  }

  boolean isOperator(String wanted) {
    return is(Kind.OPERATOR, wanted);
  }

  boolean isBracket(String wanted) {
    return is(Kind.BRACKET, wanted);
  }

  @Override
  public String toString() {
    return kind == Kind.END ? kind.text : kind.text + "(\"" + text + "\")";
  }
}
