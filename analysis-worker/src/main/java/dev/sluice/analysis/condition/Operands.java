package dev.sluice.analysis.condition;

import dev.sluice.analysis.condition.Expression.Chain;
import dev.sluice.analysis.condition.Expression.Each;
import dev.sluice.analysis.condition.Expression.Element;
import dev.sluice.analysis.condition.Expression.Index;
import dev.sluice.analysis.condition.Expression.ListLiteral;
import dev.sluice.analysis.condition.Expression.Literal;
import dev.sluice.analysis.condition.Expression.Member;
import dev.sluice.analysis.condition.Expression.Not;
import dev.sluice.analysis.condition.Expression.Result;
import dev.sluice.analysis.condition.Expression.Sign;
import dev.sluice.analysis.condition.Expression.Slice;
import java.util.ArrayList;
import java.util.List;

/** Reads what operators stand between: values, names, calls, and the parts of them. */
final class Operands {

  private static final int NOT_PRECEDENCE = 50;
  private static final int SIGN_PRECEDENCE = 90;

  private final Parser parser;
  private final TokenStream tokens;
  private int predicates;

  Operands(Parser parser, TokenStream tokens) {
    this.parser = parser;
    this.tokens = tokens;
  }

  /** One operand with its signs before it and its parts behind it. */
  Expression next() {
    if (tokens.takeOperator("!") || tokens.takeOperator("not")) {
      return postfix(new Not(parser.expression(NOT_PRECEDENCE)));
    }
    if (tokens.current().isOperator("-") || tokens.current().isOperator("+")) {
      boolean negative = tokens.take().isOperator("-");
      return postfix(new Sign(negative, parser.expression(SIGN_PRECEDENCE)));
    }
    if (tokens.takeBracket("(")) {
      Expression inner = parser.expression(0);
      tokens.expectBracket(")");
      return postfix(inner);
    }
    if (predicates > 0 && tokens.takeOperator("#")) {
      return postfix(new Element());
    }
    if (predicates > 0 && tokens.current().isOperator(".")) {
      return postfix(new Element());
    }
    return postfix(simple());
  }

  private Expression simple() {
    Token token = tokens.take();
    return switch (token.kind()) {
      case NUMBER, STRING -> new Literal(token.value());
      case IDENTIFIER ->
          tokens.current().isBracket("(") ? call(token.text(), null) : named(token.text());
      case BRACKET -> {
        if (!token.isBracket("[")) {
          throw TokenStream.unexpected(token);
        }
        yield new ListLiteral(list("]"));
      }
      case OPERATOR, END -> throw TokenStream.unexpected(token);
    };
  }

  private static Expression named(String name) {
    return switch (name) {
      case "result" -> new Result();
      case "true" -> new Literal(true);
      case "false" -> new Literal(false);
      case "nil" -> new Literal(null);
      default -> throw new ConditionException("unknown name " + name);
    };
  }

  private Expression postfix(Expression operand) {
    Expression whole = operand;
    boolean chain = false;
    while (true) {
      boolean optional = tokens.current().isOperator("?.");
      if (optional || tokens.current().isOperator(".")) {
        tokens.skip();
        chain |= optional;
        whole =
            optional && tokens.takeBracket("[")
                ? indexOrSlice(whole, true)
                : new Member(whole, tokens.takeIdentifier(), optional);
      } else if (tokens.takeBracket("[")) {
        whole = indexOrSlice(whole, false);
      } else {
        return chain ? new Chain(whole) : whole;
      }
    }
  }

  private Expression indexOrSlice(Expression target, boolean optional) {
    Expression from = tokens.current().isOperator(":") ? null : parser.expression(0);
    if (tokens.takeOperator(":")) {
      Expression to = tokens.current().isBracket("]") ? null : parser.expression(0);
      tokens.expectBracket("]");
      return new Slice(target, from, to);
    }
    tokens.expectBracket("]");
    return new Index(target, from, optional);
  }

  /** The rest of a call behind its name; {@code piped} stands for the first argument if given. */
  Expression call(String name, Expression piped) {
    tokens.expectBracket("(");
    Loop loop = Loop.named(name);
    if (loop != null) {
      return postfix(each(loop, piped));
    }
    Function function = Function.named(name);
    List<Expression> arguments = new ArrayList<>();
    if (piped != null) {
      arguments.add(piped);
    }
    arguments.addAll(list(")"));
    return postfix(function.call(arguments));
  }

  private Expression each(Loop loop, Expression piped) {
    Expression list = piped;
    boolean more = true;
    if (piped == null) {
      list = parser.expression(0);
      more = tokens.takeOperator(",");
    } else {
      more = !tokens.current().isBracket(")");
    }
    if (!more && !loop.isPredicateOptional()) {
      throw new ConditionException("not enough arguments to call " + loop.text());
    }
    Expression predicate = more ? predicate() : null;
    tokens.expectBracket(")");
    return new Each(loop, list, predicate);
  }

  private Expression predicate() {
    boolean braces = tokens.takeBracket("{");
    predicates++;
    Expression predicate = parser.expression(0);
    predicates--;
    if (braces) {
      tokens.expectBracket("}");
    }
    return predicate;
  }

  private List<Expression> list(String end) {
    List<Expression> elements = new ArrayList<>();
    while (!tokens.takeBracket(end)) {
      if (!elements.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.takeBracket(end)) {
          break;
        }
      }
      elements.add(parser.expression(0));
    }
    return List.copyOf(elements);
  }
}
