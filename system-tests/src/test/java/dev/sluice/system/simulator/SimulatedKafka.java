package dev.sluice.system.simulator;

import dev.sluice.events.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A broker: topics of two partitions, records of one key in order. A failed send means that nobody
 * knows whether the record is there.
 */
final class SimulatedKafka {

  static final int PARTITIONS = 2;

  private static final BooleanSupplier NEVER_FENCED = () -> false;

  private final Ground ground;
  private final Guards guards;
  private final Map<String, List<List<Record>>> topics = new TreeMap<>();
  private final Map<String, Long> places = new TreeMap<>();
  private final List<SimulatedGroup> groups = new ArrayList<>();
  private boolean away;

  /** A record in its partition; the message of a tombstone is null. */
  record Record(String topic, long offset, String key, String id, Message message) {}

  /**
   * A record to be sent; the message of a tombstone is null.
   *
   * @param id of the message: the same when it is sent again
   */
  record Sending(String topic, String key, String id, Message message) {}

  SimulatedKafka(Ground ground, Guards guards) {
    this.ground = ground;
    this.guards = guards;
  }

  /** From now on the broker answers nobody, or everybody again. */
  void away(boolean isAway) {
    away = isAway;
  }

  boolean isAway() {
    return away;
  }

  static int partitionOf(String key) {
    return Math.floorMod(key.hashCode(), PARTITIONS);
  }

  List<Record> partition(String topic, int partition) {
    return topics.computeIfAbsent(topic, _ -> emptyTopic()).get(partition);
  }

  private static List<List<Record>> emptyTopic() {
    List<List<Record>> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new ArrayList<>());
    }
    return partitions;
  }

  SimulatedGroup group(String topic, boolean readsFromTheStart) {
    SimulatedGroup group = new SimulatedGroup(ground, this, topic, readsFromTheStart);
    groups.add(group);
    return group;
  }

  /** Sends one record; says whether it is known to be there. */
  void send(Process sender, Sending sending, Consumer<Boolean> answered) {
    transact(sender, List.of(sending), NEVER_FENCED, answered);
  }

  /**
   * From now on whoever sent under this transactional id before is fenced.
   *
   * @param answered which epoch of it the caller has; empty where the broker does not answer
   */
  void takePlace(Process caller, String transactionalId, Consumer<OptionalLong> answered) {
    long life = caller.life();
    ground
        .schedule()
        .after(
            ground.chaos().millis(1, 40),
            () -> {
              OptionalLong epoch =
                  away
                      ? OptionalLong.empty()
                      : OptionalLong.of(places.merge(transactionalId, 1L, Long::sum));
              Duration wait = away ? Duration.ofSeconds(2) : ground.chaos().millis(1, 20);
              caller.later(life, wait, () -> answered.accept(epoch));
            });
  }

  /** Whether somebody has taken this place since. */
  boolean isFenced(String transactionalId, long epoch) {
    return places.get(transactionalId) != epoch;
  }

  /**
   * Sends all of these or none; says whether they are known to be there.
   *
   * @param fenced whether somebody else has taken the sender's place meanwhile
   */
  void transact(
      Process sender, List<Sending> sendings, BooleanSupplier fenced, Consumer<Boolean> answered) {
    transact(sender, sendings, fenced, () -> {}, answered);
  }

  /**
   * The same.
   *
   * @param arrived done when they are there, whether or not that becomes known
   */
  void transact(
      Process sender,
      List<Sending> sendings,
      BooleanSupplier fenced,
      Runnable arrived,
      Consumer<Boolean> answered) {
    long life = sender.life();
    boolean lost = ground.chaos().strikes(Fault.LOST_SEND);
    boolean unanswered = ground.chaos().strikes(Fault.LOST_ACKNOWLEDGEMENT);
    ground
        .schedule()
        .after(
            ground.chaos().millis(1, 40),
            () -> {
              boolean refused = guards.isOn(Guard.PRODUCER_FENCE) && fenced.getAsBoolean();
              if (refused) {
                ground.chaos().led(Consequence.ZOMBIE_WAS_FENCED);
              }
              boolean there = !away && !lost && !refused;
              if (there) {
                sendings.forEach(this::append);
                arrived.run();
              }
              boolean known = there && !unanswered;
              Duration wait = known ? ground.chaos().millis(1, 20) : Duration.ofSeconds(2);
              sender.later(life, wait, () -> answered.accept(known));
            });
  }

  private void append(Sending sending) {
    int partition = partitionOf(sending.key());
    List<Record> records = partition(sending.topic(), partition);
    records.add(
        new Record(
            sending.topic(), records.size(), sending.key(), sending.id(), sending.message()));
    groups.stream().filter(g -> g.reads(sending.topic())).forEach(g -> g.appended(partition));
  }
}
