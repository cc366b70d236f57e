package dev.sluice.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CanaryIngressTest {

  @Test
  void theNameSaysWhoseCanaryItIs() {
    assertThat(CanaryIngress.nameOf("checkout-service", "checkout"))
        .isEqualTo("checkout-service-checkout-canary");
  }

  @Test
  void aNameThatIsTooLongIsCutBeforeItsEnd() {
    String name = CanaryIngress.nameOf("r".repeat(200), "s".repeat(200));
    assertThat(name).hasSize(253).endsWith("s-canary").startsWith("r".repeat(200) + "-s");
  }
}
