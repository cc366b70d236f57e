package dev.sluice.analysis.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written, a condition answers, or fails with a {@link ConditionException}. */
class ConditionPropertyTest {

  private static final List<Object> RESULTS =
      List.of(
          List.of(),
          List.of(0.5, Double.NaN, Double.NEGATIVE_INFINITY),
          Map.of("a", List.of(Map.of("b", 1.0)), "s", "text"),
          "text",
          true,
          -0.0);

  @Property(tries = 2_000)
  void anyTextAnswersOrFailsClearly(@ForAll String text) {
    assertAnswersOrFails(text);
  }

  @Property(tries = 10_000)
  void wordsOfTheLanguageInAnyOrderAnswerOrFailClearly(@ForAll("words") String text) {
    assertAnswersOrFails(text);
  }

  @Property(tries = 5_000)
  void whatIsWellFormedAnswersTheSameTwice(@ForAll("expressions") String text) {
    for (Object result : RESULTS) {
      assertThat(outcome(text, result)).as(text).isEqualTo(outcome(text, result));
    }
  }

  private static void assertAnswersOrFails(String text) {
    for (Object result : RESULTS) {
      assertThat(outcome(text, result)).as(text).isNotEmpty();
    }
  }

  /** Any other exception, or an error of the machine, fails the property. */
  private static String outcome(String text, Object result) {
    try {
      ResultType type = ResultType.ofJson(result);
      return String.valueOf(Condition.compile(text, type).test(result));
    } catch (ConditionException e) {
      return "error: " + e.getMessage();
    }
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of(
            "result",
            "result[0]",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "#",
            ".a",
            "?.",
            "..",
            "?",
            ":",
            "??",
            "|",
            ",",
            "!",
            "not",
            "in",
            "and",
            "||",
            "==",
            "<",
            ">=",
            "+",
            "-",
            "*",
            "/",
            "%",
            "**",
            "contains",
            "1",
            "0",
            "-1",
            "0.5",
            "1e308",
            "0x7fffffffffffffff",
            "\"a\"",
            "nil",
            "true",
            "len(",
            "all(",
            "map(",
            "filter(",
            "sum(",
            "max(",
            "default(",
            "asInt(",
            "asFloat(",
            "isNaN(",
            "get(",
            "find(",
            "findIndex(",
            "first(",
            "int(",
            "round(")
        .list()
        .ofMaxSize(25)
        .map(words -> String.join(" ", words));
  }

  @Provide
  Arbitrary<String> expressions() {
    return expression(4);
  }

  private Arbitrary<String> expression(int depth) {
    Arbitrary<String> leaves =
        Arbitraries.of(
            "result",
            "result[0]",
            "result.a",
            "result.s",
            "len(result)",
            "1",
            "-2",
            "0.5",
            "nil",
            "\"text\"",
            "true",
            "[1, 0.5]",
            "0..9",
            "result[1:]",
            "result?.a[0].b");
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<String> inner = Arbitraries.lazy(() -> expression(depth - 1));
    Arbitrary<String> operators =
        Arbitraries.of("+", "-", "*", "/", "%", "**", "<", "==", "&&", "||", "in", "??", "..");
    Arbitrary<String> functions =
        Arbitraries.of("isNaN", "asInt", "asFloat", "abs", "max", "mean", "type", "last", "int");
    Arbitrary<String> loops =
        Arbitraries.of("all", "any", "none", "one", "filter", "map", "count", "find", "sum");
    return Arbitraries.oneOf(
        leaves,
        Combinators.combine(inner, operators, inner)
            .as((left, operator, right) -> "(" + left + ") " + operator + " (" + right + ")"),
        Combinators.combine(functions, inner)
            .as((function, argument) -> function + "(" + argument + ")"),
        Combinators.combine(loops, inner, inner)
            .as((loop, list, by) -> loop + "(" + list + ", # != (" + by + "))"),
        Combinators.combine(inner, inner, inner)
            .as((test, then, otherwise) -> test + " ? " + then + " : " + otherwise));
  }
}
