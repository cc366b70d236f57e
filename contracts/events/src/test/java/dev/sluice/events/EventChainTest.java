package dev.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.EventChain.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventChainTest {

  private final List<RolloutEvent> log = Samples.log().subList(0, 5);

  @Test
  void aWholeLogHasNoFault() {
    assertThat(EventChain.verify(Samples.log())).isEmpty();
    assertThat(EventChain.verify(List.of())).isEmpty();
  }

  @Test
  void theFirstEntryHasNothingBeforeIt() {
    assertThat(log.getFirst().previousHash()).isEqualTo(EventChain.START);
    assertThat(log.getFirst().hash()).matches("[0-9a-f]{64}");
  }

  @Test
  void aRemovedEntryIsAGap() {
    assertThat(EventChain.verify(without(2))).containsExactly(new Fault.Gap(2, 4));
    assertThat(EventChain.verify(without(0))).containsExactly(new Fault.Gap(0, 2));
  }

  @Test
  void anEntryInAnothersPlaceIsABrokenLink() {
    RolloutEvent other = EventChain.chained(log.get(2), "0".repeat(64));
    assertThat(EventChain.verify(with(2, other)))
        .containsExactly(new Fault.BrokenLink(3), new Fault.BrokenLink(4));
  }

  @Test
  void aChangedEntryIsNamed() {
    RolloutEvent entry = log.get(2);
    RolloutEvent changed =
        new RolloutEvent(
            entry.uid(),
            entry.namespace(),
            entry.name(),
            entry.seq(),
            entry.epoch(),
            entry.at().plus(Duration.ofNanos(1000)),
            entry.actor(),
            entry.cause(),
            entry.fact(),
            entry.previousHash(),
            entry.hash());
    assertThat(EventChain.verify(with(2, changed))).containsExactly(new Fault.Changed(3));
  }

  @Test
  void anExactRepetitionIsNoFault() {
    List<RolloutEvent> repeated = new ArrayList<>(log);
    repeated.add(3, log.get(1));
    repeated.add(log.get(0));
    assertThat(EventChain.verify(repeated)).isEmpty();
  }

  @Test
  void swappedEntriesAreGaps() {
    List<RolloutEvent> swapped = List.of(log.get(0), log.get(2), log.get(1));
    assertThat(EventChain.verify(swapped))
        .containsExactly(new Fault.Gap(1, 3), new Fault.Gap(3, 2));
  }

  @Test
  void aPartOfALogIsVerifiedAfterItsPredecessor() {
    assertThat(EventChain.verifyAfter(2, log.get(1).hash(), log.subList(2, 5))).isEmpty();
    assertThat(EventChain.verifyAfter(2, log.get(0).hash(), log.subList(2, 5)))
        .containsExactly(new Fault.BrokenLink(3));
  }

  @Test
  void theHashCoversTheHashBefore() {
    assertThat(EventChain.chained(log.get(0), "a").hash())
        .isNotEqualTo(EventChain.chained(log.get(0), "b").hash());
  }

  private List<RolloutEvent> without(int index) {
    List<RolloutEvent> changed = new ArrayList<>(log);
    changed.remove(index);
    return changed;
  }

  private List<RolloutEvent> with(int index, RolloutEvent entry) {
    List<RolloutEvent> changed = new ArrayList<>(log);
    changed.set(index, entry);
    return changed;
  }
}
