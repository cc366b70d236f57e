package dev.sluice.system.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * All chance of a run, out of its seed. Each seed has some faults not at all and others often, so
 * that no two runs are troubled in the same way. Each fault, each process and each act of somebody
 * has chance of its own: so a run in which something is left out stays like the one with it, as far
 * as it can.
 */
final class Chaos {

  private static final RandomGeneratorFactory<RandomGenerator> CHANCE =
      RandomGeneratorFactory.of("L64X128MixRandom");

  /** More than there are faults and acts. */
  private static final long STREAMS = 1_000;

  private final Script script;
  private final Map<Fault, RandomGenerator> chances = new EnumMap<>(Fault.class);
  private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
  private final SortedMap<String, Integer> struck = new TreeMap<>();
  private RandomGenerator random;
  private boolean calm;
  private final Map<Fault, Integer> would = new EnumMap<>(Fault.class);
  private int acts;

  Chaos(Script script) {
    this.script = script;
    random = chance(0);
    boolean untroubled = random.nextInt(12) == 0;
    for (Fault fault : Fault.values()) {
      RandomGenerator own = chance(STREAMS - 1 - fault.ordinal());
      double much = own.nextInt(4) == 0 ? 0 : own.nextDouble() * 8 / 3;
      rates.put(fault, untroubled ? 0 : Math.min(1, fault.rate() * much));
      chances.put(fault, own);
    }
  }

  private RandomGenerator chance(long stream) {
    return CHANCE.create(script.seed() * STREAMS + stream);
  }

  /** From now on nothing goes wrong. */
  void calm() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  /** Whether it goes wrong this time. */
  boolean strikes(Fault fault) {
    return strikes(fault, fault.name());
  }

  /** Whether it befalls a process of this service this time. */
  boolean strikesAt(String service, Fault fault) {
    return strikes(fault, fault.name() + " " + service);
  }

  private boolean strikes(Fault fault, String counted) {
    if (calm || chances.get(fault).nextDouble() >= rates.get(fault)) {
      return false;
    }
    if (!script.has(new Script.Strike(fault, would.merge(fault, 1, Integer::sum)))) {
      return false;
    }
    struck.merge(counted, 1, Integer::sum);
    return true;
  }

  /** What would have gone wrong, with all that was left out. */
  SortedSet<Script.Strike> would() {
    SortedSet<Script.Strike> all = new TreeSet<>();
    would.forEach((fault, times) -> {
      for (int i = 1; i <= times; i++) {
        all.add(new Script.Strike(fault, i));
      }
    });
    return all;
  }

  /** What somebody is to do later: nothing, if the script leaves it out. */
  Runnable act(Runnable work) {
    int number = ++acts;
    return script.hasAct(number) ? () -> apart(chance(number), work) : () -> {};
  }

  /** Chance of its own, for what is done with {@link #apart}. */
  RandomGenerator own(String name) {
    return CHANCE.create(script.seed() * STREAMS + name.hashCode() * STREAMS * STREAMS);
  }

  /** Does something with chance of its own: what others draw has no part in it. */
  void apart(RandomGenerator own, Runnable work) {
    RandomGenerator before = random;
    random = own;
    try {
      work.run();
    } finally {
      random = before;
    }
  }

  /** How many acts were planned, with those that were left out. */
  int acts() {
    return acts;
  }

  /** A fault has led to this. */
  void led(Consequence consequence) {
    struck.merge(consequence.name(), 1, Integer::sum);
  }

  /** What went wrong, and what it led to, with how often. */
  SortedMap<String, Integer> struck() {
    return Collections.unmodifiableSortedMap(struck);
  }

  boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  /** From 0 to below the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Mostly near the lower end. */
  Duration millis(int least, int most) {
    double skewed = random.nextDouble() * random.nextDouble();
    return Duration.ofMillis(least + (long) (skewed * (most - least)));
  }
}
