package dev.sluice.devkit.kubernetes.store;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Where new objects get their uid, their name's end and their time from. */
public final class Identities {
  // No vowels and no look-alikes, so that no word comes out: the alphabet of Kubernetes itself.
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX_LENGTH = 5;
  private static final int LONGEST_BASE = 63 - SUFFIX_LENGTH;

  private final RandomGenerator random;
  private final Clock clock;

  public Identities(RandomGenerator random, Clock clock) {
    this.random = random;
    this.clock = clock;
  }

  public static Identities system() {
    return new Identities(new SecureRandom(), Clock.systemUTC());
  }

  public Instant now() {
    return clock.instant();
  }

  String uid() {
    return new UUID(
            (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L,
            (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L)
        .toString();
  }

  /** A name that begins with generateName. */
  String name(String generateName) {
    String base = generateName.substring(0, Math.min(generateName.length(), LONGEST_BASE));
    StringBuilder name = new StringBuilder(base);
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return name.toString();
  }
}
