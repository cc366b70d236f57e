package dev.sluice.devkit.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OtherControllersTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aLeaseLivesForHalfAMinuteAfterItsRenewal() {
    assertThat(OtherControllers.isLive(renewed(Duration.ofSeconds(29)), NOW)).isTrue();
    assertThat(OtherControllers.isLive(renewed(Duration.ofSeconds(30)), NOW)).isFalse();
  }

  @Test
  void aLeaseThatWasNeverRenewedIsNobodys() {
    assertThat(OtherControllers.isLive(new Lease(), NOW)).isFalse();
  }

  private static Lease renewed(Duration ago) {
    return new LeaseBuilder()
        .withNewSpec()
        .withRenewTime(NOW.minus(ago).atZone(ZoneOffset.UTC))
        .endSpec()
        .build();
  }
}
