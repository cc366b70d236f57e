package dev.sluice.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.MetricSpec;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SpecificationCheckTest {

  private static String fault(UnaryOperator<Samples.Metric> change) {
    return SpecificationCheck.fault(List.of(Samples.metric("m", change))).orElse("");
  }

  @Test
  void soundLimitsHaveNoFault() {
    assertThat(fault(m -> m)).isEmpty();
    assertThat(fault(m -> m.times(0))).isEmpty();
    assertThat(fault(m -> m.times(1).every(null))).isEmpty();
    assertThat(fault(m -> m.times(10).limits(-1, 0, 4, 3))).isEmpty();
  }

  @Test
  void eachContradictionHasArgosText() {
    MetricSpec metric = Samples.metric("m", m -> m);

    assertThat(SpecificationCheck.fault(List.of())).contains("no metrics specified");
    assertThat(SpecificationCheck.fault(List.of(metric, metric)))
        .contains("metrics[1]: duplicate name 'm'");
    assertThat(fault(m -> m.limits(0, 0, 4, -1)))
        .isEqualTo("metrics[0]: consecutiveSuccessLimit must be >= 0");
    assertThat(fault(m -> m.limits(-2, 0, 4, 0)))
        .isEqualTo("metrics[0]: failureLimit must be >= 0, or -1 to be disabled");
    assertThat(fault(m -> m.limits(-1, 0, 4, 0)))
        .isEqualTo("metrics[0]: failureLimit and consecutiveSuccessLimit cannot both be disabled");
    assertThat(fault(m -> m.limits(0, -1, 4, 0)))
        .isEqualTo("metrics[0]: inconclusiveLimit must be >= 0");
    assertThat(fault(m -> m.limits(0, 0, -1, 0)))
        .isEqualTo("metrics[0]: consecutiveErrorLimit must be >= 0");
    assertThat(fault(m -> m.limits(2, 0, 4, 2)))
        .isEqualTo("metrics[0]: count (3) must be >= failureLimit + consecutiveSuccessLimit (4)");
    assertThat(fault(m -> m.limits(0, 4, 4, 0)))
        .isEqualTo("metrics[0]: count must be >= inconclusiveLimit");
    assertThat(fault(m -> m.every(null)))
        .isEqualTo("metrics[0]: interval must be specified when count > 1");
  }
}
