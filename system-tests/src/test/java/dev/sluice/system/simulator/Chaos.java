package dev.sluice.system.simulator;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * All chance of a run, out of its seed. Each seed has some faults not at all and others often, so
 * that no two runs are troubled in the same way.
 */
final class Chaos {

  private final RandomGenerator random;
  private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
  private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
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
    if (calm || random.nextDouble() >= rates.get(fault)) {
      return false;
    }
    struck.merge(fault, 1, Integer::sum);
    return true;
  }

  Map<Fault, Integer> struck() {
    return struck;
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
