package dev.sluice.analysis.condition;

import dev.sluice.analysis.condition.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts the text of a condition into tokens. */
final class Lexer {

  private static final Set<String> WORD_OPERATORS =
      Set.of("and", "or", "not", "in", "contains", "startsWith", "endsWith", "matches");
  private static final List<String> SIGN_OPERATORS =
      List.of(
          "&&", "||", "==", "!=", "<=", ">=", "**", "??", "?.", "..", "<", ">", "!", "+", "-", "*",
          "/", "%", "^", "?", ":", ".", ",", "#", "|", ";", "=");
  private static final String BRACKETS = "()[]{}";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    while (lexer.skipBlanks()) {
      lexer.tokens.add(lexer.next());
    }
    lexer.tokens.add(new Token(Kind.END, "", null));
    return List.copyOf(lexer.tokens);
  }

  /** Steps over blanks and comments; false at the end. */
  private boolean skipBlanks() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          throw new ConditionException("unclosed comment");
        }
        at = end + 2;
      } else {
        return true;
      }
    }
    return false;
  }

  private Token next() {
    char first = text.charAt(at);
    if (first == '"' || first == '\'' || first == '`') {
      return quoted(first);
    }
    if (isDigit(at) || first == '.' && isDigit(at + 1)) {
      return NumberLiteral.token(number());
    }
    if (Character.isLetter(first) || first == '_' || first == '$') {
      String word = run(at);
      return new Token(WORD_OPERATORS.contains(word) ? Kind.OPERATOR : Kind.IDENTIFIER, word, null);
    }
    if (BRACKETS.indexOf(first) >= 0) {
      at++;
      return new Token(Kind.BRACKET, String.valueOf(first), null);
    }
    for (String sign : SIGN_OPERATORS) {
      if (text.startsWith(sign, at)) {
        at += sign.length();
        return new Token(Kind.OPERATOR, sign, null);
      }
    }
    throw new ConditionException("unrecognized character: '" + first + "'");
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private String run(int from) {
    at = from;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_$".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return text.substring(from, at);
  }

  /** Digits, letters, one point that is not the start of {@code ..}, and an exponent's sign. */
  private String number() {
    int from = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean point = c == '.' && !text.startsWith("..", at);
      boolean sign =
          (c == '+' || c == '-') && "eE".indexOf(text.charAt(at - (at > from ? 1 : 0))) >= 0;
      if (!Character.isLetterOrDigit(c) && c != '_' && !point && !sign) {
        break;
      }
      at++;
    }
    return text.substring(from, at);
  }

  private Token quoted(char quote) {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return new Token(Kind.STRING, value.toString(), value.toString());
      }
      value.append(c == '\\' && quote != '`' ? escaped() : c);
    }
    throw new ConditionException("literal not terminated");
  }

  private char escaped() {
    at++;
    char c = at < text.length() ? text.charAt(at) : ' ';
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '\\', '"', '\'', '`' -> c;
      default -> throw new ConditionException("invalid char escape: \\" + c);
    };
  }
}
