package dev.sluice.crd;

import java.nio.charset.StandardCharsets;

/** FNV-1a with 32 bits, in letters and digits that cannot form a word. */
final class ShortHash {

  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private int hash = 0x811c9dc5;

  ShortHash add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  ShortHash add(byte... bytes) {
    for (byte each : bytes) {
      hash = (hash ^ each & 0xFF) * 0x01000193;
    }
    return this;
  }

  @Override
  public String toString() {
    StringBuilder safe = new StringBuilder();
    Integer.toUnsignedString(hash)
        .chars()
        .forEach(digit -> safe.append(ALPHABET.charAt(digit % ALPHABET.length())));
    return safe.toString();
  }
}
