package dev.sluice.analysis.condition;

import dev.sluice.analysis.condition.Token.Kind;
import java.util.List;

/** Tokens, one after the other, with the errors that a wrong one deserves. */
final class TokenStream {

  private final List<Token> tokens;
  private int at;

  /** More tokens than {@link Limits#TOKENS} are refused: they bound the depth of the tree. */
  TokenStream(List<Token> tokens) {
    if (tokens.size() > Limits.TOKENS) {
      throw new ConditionException("more than " + Limits.TOKENS + " words and signs");
    }
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(at);
  }

  Token following() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  void skip() {
    at = Math.min(at + 1, tokens.size() - 1);
  }

  Token take() {
    Token token = current();
    skip();
    return token;
  }

  boolean takeOperator(String text) {
    return take(Kind.OPERATOR, text);
  }

  boolean takeBracket(String text) {
    return take(Kind.BRACKET, text);
  }

  private boolean take(Kind kind, String text) {
    boolean found = current().is(kind, text);
    if (found) {
      skip();
    }
    return found;
  }

  String takeIdentifier() {
    if (current().kind() != Kind.IDENTIFIER) {
      throw unexpected(current());
    }
    return take().text();
  }

  void expectOperator(String text) {
    expect(takeOperator(text));
  }

  void expectBracket(String text) {
    expect(takeBracket(text));
  }

  void expectEnd() {
    expect(current().kind() == Kind.END);
  }

  private void expect(boolean found) {
    if (!found) {
      throw unexpected(current());
    }
  }

  static ConditionException unexpected(Token token) {
    return switch (token.text()) {
      case ";", "=", "matches", "{" ->
          new ConditionException(
              "unexpected token %s: Sluice does not know this construct".formatted(token));
      default -> new ConditionException("unexpected token " + token);
    };
  }
}
