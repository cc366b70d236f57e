package dev.sluice.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The hash chain over a Rollout's log. Each entry's hash covers the entry and the hash before it,
 * so that a removed, reordered or changed entry shows.
 */
public final class EventChain {

  /** The {@code previousHash} of the first entry. */
  public static final String START = "";

  private EventChain() {}

  /** What is wrong with a log. */
  public sealed interface Fault {

    /** The number that it was found at. */
    long seq();

    /** Entries are missing: {@code seq} follows {@code after}, and should be one more. */
    record Gap(long after, long seq) implements Fault {}

    /** The entry does not name the hash of the one before: something was put in another's place. */
    record BrokenLink(long seq) implements Fault {}

    /** The entry is not what its hash was computed over. */
    record Changed(long seq) implements Fault {}
  }

  /** The entry with {@code previousHash} and its own hash filled in, whatever they were. */
  public static RolloutEvent chained(RolloutEvent entry, String previousHash) {
    RolloutEvent linked = withHashes(entry, previousHash, "");
    return withHashes(entry, previousHash, hashOf(linked));
  }

  /** SHA-256, hexadecimal, over the entry's JSON without its {@code hash}. */
  public static String hashOf(RolloutEvent entry) {
    ObjectNode json = MessageCodec.mapper().valueToTree(entry);
    json.remove("hash");
    try {
      String text = MessageCodec.mapper().writeValueAsString(json);
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("cannot hash " + entry.id(), e);
    }
  }

  /** All faults of a log from its first entry on; empty where it is whole. */
  public static List<Fault> verify(List<RolloutEvent> log) {
    return verifyAfter(0, START, log);
  }

  /**
   * All faults of the part of a log that follows an entry already known. An exact repetition is no
   * fault: delivery is at least once.
   */
  public static List<Fault> verifyAfter(long seq, String hash, List<RolloutEvent> log) {
    List<Fault> faults = new ArrayList<>();
    Set<String> hashes = new HashSet<>();
    long last = seq;
    String previous = hash;
    for (RolloutEvent entry : log) {
      if (entry.seq() <= last && hashes.contains(entry.hash()) && isWhole(entry)) {
        continue;
      }
      if (entry.seq() != last + 1) {
        faults.add(new Fault.Gap(last, entry.seq()));
      } else if (!entry.previousHash().equals(previous)) {
        faults.add(new Fault.BrokenLink(entry.seq()));
      }
      if (!isWhole(entry)) {
        faults.add(new Fault.Changed(entry.seq()));
      }
      hashes.add(entry.hash());
      last = entry.seq();
      previous = entry.hash();
    }
    return List.copyOf(faults);
  }

  private static boolean isWhole(RolloutEvent entry) {
    return hashOf(entry).equals(entry.hash());
  }

  private static RolloutEvent withHashes(RolloutEvent entry, String previousHash, String hash) {
    return new RolloutEvent(
        entry.uid(),
        entry.namespace(),
        entry.name(),
        entry.seq(),
        entry.epoch(),
        entry.at(),
        entry.actor(),
        entry.cause(),
        entry.fact(),
        previousHash,
        hash);
  }
}
