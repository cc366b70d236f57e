package dev.sluice.analysis;

import static dev.sluice.events.AnalysisPhase.ERROR;
import static dev.sluice.events.AnalysisPhase.FAILED;
import static dev.sluice.events.AnalysisPhase.INCONCLUSIVE;
import static dev.sluice.events.AnalysisPhase.SUCCESSFUL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.analysis.Judgement.Deferred;
import dev.sluice.analysis.Judgement.Measured;
import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.NoData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTest {

  private static MetricSpec metric(String success, String failure, NoData noData) {
    return Samples.metric("m", metric -> metric.conditions(success, failure).noData(noData));
  }

  private static Judgement judge(String success, String failure, Outcome outcome) {
    return Judge.judge(metric(success, failure, NoData.INCONCLUSIVE), outcome);
  }

  private static Outcome vector(Double... samples) {
    return new Outcome.Vector(List.of(samples));
  }

  /** {@code reference}: the truth table of the two conditions. */
  @ParameterizedTest
  @CsvSource({
    ",,SUCCESSFUL",
    "true,,SUCCESSFUL",
    "false,,FAILED",
    ",true,FAILED",
    ",false,SUCCESSFUL",
    "true,false,SUCCESSFUL",
    "true,true,FAILED",
    "false,true,FAILED",
    "false,false,INCONCLUSIVE",
  })
  void theTwoConditionsSayTogether(String success, String failure, AnalysisPhase expected) {
    assertThat(judge(success, failure, vector(1.0))).isEqualTo(new Measured(expected, "[1]", ""));
  }

  @Test
  void aConditionThatFailsIsAnErrorEvenWhereTheOtherOneIsClear() {
    assertThat(judge("result[7] < 1", "true", vector(1.0)))
        .isEqualTo(
            new Measured(
                ERROR,
                "",
                "could not evaluate successCondition \"result[7] < 1\":"
                    + " index out of range: 7 (array length is 1)"));
    assertThat(judge("true", "result[7] < 1", vector(1.0)))
        .isEqualTo(
            new Measured(
                ERROR,
                "",
                "could not evaluate failureCondition \"result[7] < 1\":"
                    + " index out of range: 7 (array length is 1)"));
  }

  @Test
  void notANumberFailsWhatAsksForLessAndPassesWhatAsksForTooMuch() {
    Outcome nan = vector(Double.NaN);

    assertThat(judge("result[0] < 1", null, nan)).isEqualTo(new Measured(FAILED, "[NaN]", ""));
    assertThat(judge(null, "result[0] > 1", nan)).isEqualTo(new Measured(SUCCESSFUL, "[NaN]", ""));
    assertThat(judge("result[0] < 1", "result[0] > 1", nan))
        .isEqualTo(new Measured(INCONCLUSIVE, "[NaN]", ""));
  }

  @ParameterizedTest
  @EnumSource(NoData.class)
  void missingDataIsNeverASuccessUnlessTheConditionSaysSo(NoData noData) {
    for (String success : new String[] {null, "result[0] < 1", "len(result) > 0", "result[0] <"}) {
      Measured measured =
          (Measured) Judge.judge(metric(success, null, noData), new Outcome.NoData());

      assertThat(measured.phase()).as(success).isNotEqualTo(SUCCESSFUL);
    }
    assertThat(Judge.judge(metric("len(result) == 0", null, noData), new Outcome.NoData()))
        .isEqualTo(new Measured(SUCCESSFUL, "[]", ""));
  }

  @Test
  void missingDataIsInconclusiveOrAsArgoHasItAnError() {
    String text =
        "could not evaluate successCondition \"result[0] < 1\": metric result is nil or empty:"
            + " no data returned from the metric provider";

    assertThat(judge("result[0] < 1", null, new Outcome.NoData()))
        .isEqualTo(new Measured(INCONCLUSIVE, "[]", text));
    assertThat(Judge.judge(metric("result[0] < 1", null, NoData.ERROR), new Outcome.NoData()))
        .isEqualTo(new Measured(ERROR, "", text));
  }

  @Test
  void aWrongConditionIsAnErrorWhateverIsMissing() {
    assertThat(judge("result[0] <", null, new Outcome.NoData()))
        .isEqualTo(
            new Measured(
                ERROR,
                "",
                "could not evaluate successCondition \"result[0] <\": unexpected token EOF"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"OVERLOADED"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatIsNotAvailableIsAnErrorInTheProvidersWords(Reason reason) {
    assertThat(judge(null, null, new Outcome.Unavailable(reason, "server_error: boom")))
        .isEqualTo(new Measured(ERROR, "", "server_error: boom"));
  }

  @Test
  void ourOwnOverloadIsDeferred() {
    assertThat(judge("false", null, new Outcome.Unavailable(Reason.OVERLOADED, "shed")))
        .isEqualTo(new Deferred());
  }

  @Test
  void valuesReadAsGoWritesThem() {
    assertThat(ValueText.of(List.of(0.001))).isEqualTo("[0.001]");
    assertThat(ValueText.of(List.of(1.0, 2.0))).isEqualTo("[1,2]");
    assertThat(ValueText.of(List.of())).isEqualTo("[]");
    assertThat(ValueText.of(List.of(Double.NaN, Double.POSITIVE_INFINITY))).isEqualTo("[NaN,+Inf]");
    assertThat(ValueText.of(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
    assertThat(ValueText.of(0.2)).isEqualTo("0.2");
    assertThat(ValueText.of(0.1 + 0.2)).isEqualTo("0.30000000000000004");
    assertThat(ValueText.of(1e21)).isEqualTo("1000000000000000000000");
    assertThat(ValueText.of(2e-7)).isEqualTo("0.0000002");
    assertThat(ValueText.of(0.0)).isEqualTo("0");
    assertThat(ValueText.of(-0.0)).isEqualTo("-0");
    assertThat(ValueText.of(150.0)).isEqualTo("150");
  }

  @Test
  void aTextThatIsTooLongForARecordIsCut() {
    Measured measured =
        (Measured)
            judge(null, null, new Outcome.Unavailable(Reason.PROVIDER_ERROR, "x".repeat(100_000)));

    assertThat(measured.message()).hasSizeLessThan(5_000).endsWith("…");
  }
}
