package dev.sluice.events;

/**
 * The number of a decision about one Rollout: of two commands the one with the higher fence holds,
 * whoever sends it and however long it slept.
 *
 * @param epoch rises whenever outstanding work becomes invalid; from 1
 * @param seq the event of the decision, 1, 2, 3, ... without gap for a Rollout
 */
public record Fence(long epoch, long seq) implements Comparable<Fence> {

  /** Below every decision. */
  public static final Fence NONE = new Fence(0, 0);

  /** Checks that neither number is negative. */
  public Fence {
    if (epoch < 0 || seq < 0) {
      throw new IllegalArgumentException("a fence has no negative parts: " + epoch + "." + seq);
    }
  }

  /**
   * Reads {@code epoch.seq}, the form of the annotation. Anything else is an {@link
   * IllegalArgumentException}.
   */
  public static Fence parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("a fence is EPOCH.SEQ, not '" + text + "'");
    }
    return new Fence(
        Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1)));
  }

  /** Whether this decision came before the other. */
  public boolean isOlderThan(Fence other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Fence other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Long.compare(seq, other.seq);
  }

  /** {@code epoch.seq}, the form of the annotation. */
  @Override
  public String toString() {
    return epoch + "." + seq;
  }
}
