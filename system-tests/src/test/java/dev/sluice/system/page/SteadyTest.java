package dev.sluice.system.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteadyTest {

  @ParameterizedTest
  @CsvSource({
    "'checkout-64cdc5f788   5   6s', 'checkout-5c956fb6f5    5   2m10s'",
    "'  Kafka    127.0.0.1:32773', '  Kafka    127.0.0.1:9092'",
    "'folder   /tmp/sluice-up-145', 'folder   /var/tmp/sluice-up-9'"
  })
  void whatDiffersFromRunToRunCountsForNothing(String one, String other) {
    assertThat(Steady.of(one)).isEqualTo(Steady.of(other));
  }

  @ParameterizedTest
  @CsvSource({
    "'checkout-64cdc5f788   5   6s', 'checkout-64cdc5f788   4   6s'",
    "'Status:    Paused - CanaryPauseStep', 'Status:    Paused'",
    "'Images:    nginx:1.29', 'Images:    nginx:1.28'",
    "'pause: 2m', 'pause: 5m'"
  })
  void allElseCounts(String one, String other) {
    assertThat(Steady.of(one)).isNotEqualTo(Steady.of(other));
  }

  @Test
  void aNameIsNoHash() {
    assertThat(Steady.of("checkout-service")).isEqualTo("checkout-service");
  }
}
