package dev.sluice.metrics;

/** Counts what happens to questions, by the endpoint's name. */
public interface Tally {

  /** Somebody asked. */
  void asked(String endpoint);

  /** A question went to the provider. */
  void sent(String endpoint);

  /** A question was answered from another one's answer. */
  void coalesced(String endpoint);

  /** A question was shed because of our own load. */
  void deferred(String endpoint);
}
