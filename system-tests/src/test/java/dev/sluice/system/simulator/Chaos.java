package dev.sluice.system.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * All chance of a run, out of its seed. Each seed has some faults not at all and others often, so
 * that no two runs are troubled in the same way.
 */
final class Chaos {

  private final RandomGenerator random;
  private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
  private final SortedMap<String, Integer> struck = new TreeMap<>();
  private boolean calm;

  Chaos(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    boolean untroubled = random.nextInt(12) == 0;
    for (Fault fault : Fault.values()) {
      double much = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 8 / 3;
      rates.put(fault, untroubled ? 0 : Math.min(1, fault.rate() * much));
    }
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
    if (calm || random.nextDouble() >= rates.get(fault)) {
      return false;
    }
    struck.merge(counted, 1, Integer::sum);
    return true;
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
