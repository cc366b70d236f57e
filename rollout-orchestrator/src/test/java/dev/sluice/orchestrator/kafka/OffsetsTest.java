package dev.sluice.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetsTest {

  private final Offsets offsets = new Offsets();

  @Test
  void nothingIsCommittedBeforeARecordCame() {
    assertThat(offsets.toCommit()).isEmpty();
  }

  @Test
  void whatLiesBehindAnOpenRecordIsNotCommitted() {
    start(5, 6, 7);
    offsets.done(6);
    offsets.done(7);
    assertThat(offsets.toCommit()).hasValue(5);
    offsets.done(5);
    assertThat(offsets.toCommit()).hasValue(8);
  }

  @Test
  void theSameOffsetIsCommittedOnce() {
    start(5);
    assertThat(offsets.toCommit()).hasValue(5);
    assertThat(offsets.toCommit()).isEmpty();
    offsets.done(5);
    assertThat(offsets.toCommit()).hasValue(6);
    assertThat(offsets.toCommit()).isEmpty();
  }

  @Test
  void gapsThatTransactionsLeaveAreSteppedOver() {
    start(5, 9);
    offsets.done(5);
    assertThat(offsets.toCommit()).hasValue(9);
    assertThat(offsets.openRecords()).isEqualTo(1);
  }

  @Test
  void aRecordThatIsGivenUpWithItsPartitionIsLeftToTheNextReader() {
    start(5);
    offsets.lost();
    offsets.done(5);
    assertThat(offsets.toCommit()).hasValue(5);
  }

  private void start(long... started) {
    for (long offset : started) {
      offsets.started(offset);
    }
  }
}
