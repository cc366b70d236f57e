package dev.sluice.traffic.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PartitionReadTest {

  private final PartitionRead partition = new PartitionRead(0, 0);

  @Test
  void whatWasReadIsHandledButNotPastALetterThatIsUnderWay() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletableFuture<Void> second = new CompletableFuture<>();

    assertThat(partition.handled(10)).isEqualTo(10);
    partition.putAside(12, first);
    partition.putAside(15, second);
    assertThat(partition.handled(20)).isEqualTo(12);
    second.complete(null);
    assertThat(partition.handled(20)).isEqualTo(12);
    first.complete(null);
    assertThat(partition.handled(20)).isEqualTo(20);
  }
}
