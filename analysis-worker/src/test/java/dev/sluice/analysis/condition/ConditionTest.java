package dev.sluice.analysis.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionTest {

  private static boolean vector(String condition, Double... samples) {
    return Condition.compile(condition, ResultType.VECTOR).test(List.of(samples));
  }

  private static void assertRefused(String condition, ResultType type, String message) {
    assertThatThrownBy(() -> Condition.compile(condition, type))
        .isInstanceOf(ConditionException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aTypeErrorIsFoundBeforeAnythingRuns() {
    assertRefused("result[0] < \"a\"", ResultType.VECTOR, "mismatched types float64 and string");
    assertRefused("result.foo < 1", ResultType.VECTOR, "can only be selected using an integer");
    assertRefused("true || result.foo", ResultType.SCALAR, "type float64 has no field foo");
    assertRefused("result[0]", ResultType.VECTOR, "expected bool, but got float64");
    assertRefused("result[0] + 1", ResultType.VECTOR, "expected bool, but got float64");
  }

  @Test
  void aSyntaxErrorReadsAsArgoWritesIt() {
    assertRefused("result[0] <", ResultType.VECTOR, "unexpected token EOF");
    assertRefused(
        "result between 0 and 1", ResultType.SCALAR, "unexpected token Identifier(\"between\")");
  }

  @Test
  void anUnknownFunctionIsNamed() {
    assertRefused("fetch(result)", ResultType.VECTOR, "unknown name fetch: no such function");
  }

  @Test
  void noOrderHoldsForNaN() {
    assertThat(vector("result[0] < 1", Double.NaN)).isFalse();
    assertThat(vector("result[0] >= 1", Double.NaN)).isFalse();
    assertThat(vector("result[0] != result[0]", Double.NaN)).isTrue();
    assertThat(vector("isNaN(result[0])", Double.NaN)).isTrue();
  }

  @Test
  void anIndexIntoAnEmptyVectorIsAnErrorOnlyWhenItIsReached() {
    assertThat(vector("len(result) == 0 || result[0] < 1")).isTrue();
    assertThatThrownBy(() -> vector("result[0] < 1"))
        .isInstanceOf(ConditionException.class)
        .hasMessage("index out of range: 0 (array length is 0)");
  }

  @Test
  void isNilAndDefaultLookAtTheWholeResultWhateverTheyAreGiven() {
    assertThat(vector("isNil(nil)", 1.0)).isFalse();
    assertThat(Condition.compile("default(5, 7) == 7", ResultType.NIL).test(null)).isTrue();
    assertThat(Condition.compile("default(5, 7) == 3", ResultType.SCALAR).test(3.0)).isTrue();
  }

  @Test
  void predicatesMayStandInBraces() {
    assertThat(vector("all(result, {# < 3})", 1.0, 2.0)).isTrue();
    assertThat(vector("len(filter(result, {# > 1})) == 1", 1.0, 2.0)).isTrue();
    assertThat(vector("any(result, all(result, # >= 1))", 1.0, 2.0)).isTrue();
  }

  @Test
  void workThatNeverEndsIsCutOff() {
    String forever = "0..9000000000000000000";
    assertThatThrownBy(() -> vector("len(" + forever + ") > 0"))
        .hasMessage("took more than 200000 steps");
    assertThatThrownBy(() -> vector("any(0..999, any(0..999, any(0..999, # < 0)))"))
        .hasMessage("took more than 200000 steps");
    String doubled = "[\"x\"]";
    for (int i = 0; i < 20; i++) {
      doubled = "map(" + doubled + ", # + #)";
    }
    String tooLong = "len(" + doubled + "[0]) > 0";
    assertThatThrownBy(() -> vector(tooLong)).hasMessage("took more than 200000 steps");
  }

  @Test
  void whatIsTooLargeIsRefused() {
    assertRefused("1 < " + "1".repeat(5_000), ResultType.VECTOR, "longer than 4096 characters");
    assertRefused("(".repeat(100) + "true" + ")".repeat(100), ResultType.VECTOR, "nested deeper");
    assertRefused("1<2||".repeat(400) + "true", ResultType.VECTOR, "more than 1500 words");
  }
}
