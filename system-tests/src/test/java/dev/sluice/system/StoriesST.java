package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.devkit.demo.Demo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Both stories of the demo, which compares every weight with the share that was really served: a
 * good image goes through three gates, a bad one is taken back.
 */
class StoriesST {

  // Slower than the demo by default: Prometheus hears of a new pod up to 5 s late.
  private static final String SPEED = "15";
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  @Test
  void aGoodImageIsPromotedAndOneWithErrorsIsTakenBack() {
    assertThat(Demo.run(List.of("--speed", SPEED, "--bad", "errors"), REPOSITORY, System.out))
        .isZero();
  }
}
