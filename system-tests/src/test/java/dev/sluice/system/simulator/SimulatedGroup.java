package dev.sluice.system.simulator;

import dev.sluice.system.simulator.SimulatedKafka.Record;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Consumers that share a topic. Each partition has one of them, who takes one record after the
 * other; where he is not heard of, another takes over, and may begin further back.
 */
final class SimulatedGroup {

  /** A consumer. */
  interface Member {
    Process process();

    /** A record came. Say when it is done with: before that no other comes. */
    void take(int partition, Record record, Runnable done);

    /** The partition is this member's now. */
    default void assigned(int partition) {}

    /** The partition is somebody else's, as this member hears after a while. */
    default void lost(int partition) {}
  }

  private static final class Share {
    Member owner;
    long position;
    long committed;
    long term;
    boolean busy;
    long compactedBelow;
    final Map<String, Long> newest = new HashMap<>();
  }

  private final Ground ground;
  private final SimulatedKafka kafka;
  private final String topic;
  private final boolean readsFromTheStart;
  private final List<Member> members = new ArrayList<>();
  private final Map<Integer, Share> shares = new TreeMap<>();

  SimulatedGroup(Ground ground, SimulatedKafka kafka, String topic, boolean readsFromTheStart) {
    this.ground = ground;
    this.kafka = kafka;
    this.topic = topic;
    this.readsFromTheStart = readsFromTheStart;
    for (int i = 0; i < SimulatedKafka.PARTITIONS; i++) {
      shares.put(i, new Share());
    }
  }

  boolean reads(String name) {
    return topic.equals(name);
  }

  void join(Member member) {
    members.add(member);
    Process process = member.process();
    process.onAbsence(() -> missed(member));
    process.onStart(() ->
        shares.forEach((partition, share) -> {
          boolean joins = share.owner == null || ground.chaos().oneIn(3);
          if (joins || share.owner == member) {
            assign(partition, member);
          }
        }));
  }

  // The group notices after a while.
  private void missed(Member member) {
    Duration session = Duration.ofMillis(ground.chaos().between(1_000, 6_000));
    ground.schedule().after(session, () -> replace(member));
  }

  private void replace(Member member) {
    if (member.process().isPresent()) {
      return;
    }
    members.stream()
        .filter(m -> m.process().isPresent())
        .findFirst()
        .ifPresentOrElse(m -> assignAll(member, m), () -> missed(member));
  }

  private void assignAll(Member from, Member to) {
    shares.forEach((partition, share) -> {
      if (share.owner == from) {
        assign(partition, to);
      }
    });
  }

  private void assign(int partition, Member member) {
    Share share = shares.get(partition);
    if (share.owner != null && share.owner != member) {
      tell(share.owner, partition, share);
    }
    share.owner = member;
    share.term++;
    share.busy = false;
    share.position = share.committed;
    if (readsFromTheStart) {
      share.position = 0;
      share.compactedBelow = ground.chaos().oneIn(2) ? kafka.partition(topic, partition).size() : 0;
    } else if (ground.chaos().strikes(Fault.EARLIER_OFFSET)) {
      share.position = Math.max(0, share.committed - ground.chaos().between(1, 8));
    }
    member.assigned(partition);
    pump(partition);
  }

  private void tell(Member before, int partition, Share share) {
    before
        .process()
        .later(
            ground.chaos().millis(0, 3_000),
            () -> {
              if (share.owner != before) {
                before.lost(partition);
              }
            });
  }

  /** Whether somebody else has the partition by now. */
  boolean isFenced(int partition, long term) {
    return shares.get(partition).term != term;
  }

  long term(int partition) {
    return shares.get(partition).term;
  }

  boolean isOwner(Member member, int partition) {
    return shares.get(partition).owner == member;
  }

  void appended(int partition) {
    pump(partition);
  }

  private void pump(int partition) {
    Share share = shares.get(partition);
    List<Record> records = kafka.partition(topic, partition);
    while (share.position < share.compactedBelow && isCompacted(records, share)) {
      share.position++;
    }
    if (share.owner == null || share.busy || share.position >= records.size()) {
      return;
    }
    share.busy = true;
    long term = share.term;
    Record record = records.get((int) share.position);
    Duration delay =
        ground.chaos().strikes(Fault.SLOW_DELIVERY)
            ? ground.chaos().millis(500, 8_000)
            : ground.chaos().millis(1, 40);
    Member owner = share.owner;
    owner.process().later(delay, () -> deliver(partition, owner, term, record));
  }

  private boolean isCompacted(List<Record> records, Share share) {
    String key = records.get((int) share.position).key();
    for (long i = share.position + 1; i < share.compactedBelow; i++) {
      if (records.get((int) i).key().equals(key)) {
        return true;
      }
    }
    return false;
  }

  // One that was fetched is taken, even where the partition is somebody else's by now.
  private void deliver(int partition, Member owner, long term, Record record) {
    if (kafka.isAway()) {
      owner.process().later(Duration.ofSeconds(1), () -> deliver(partition, owner, term, record));
    } else {
      Share share = shares.get(partition);
      if (share.term != term) {
        ground.chaos().led(Consequence.ZOMBIE_TOOK_A_RECORD);
      }
      if (share.newest.merge(record.key(), record.offset(), Math::max) > record.offset()) {
        ground.chaos().led(Consequence.OLDER_RECORD_AFTER_NEWER);
      }
      owner.take(partition, record, () -> done(partition, term, record));
    }
  }

  private void done(int partition, long term, Record record) {
    Share share = shares.get(partition);
    if (share.term != term) {
      return;
    }
    boolean again = ground.chaos().strikes(Fault.DUPLICATE_DELIVERY);
    share.position = again ? record.offset() : record.offset() + 1;
    share.committed = Math.max(share.committed, record.offset() + 1);
    share.busy = false;
    pump(partition);
  }
}
