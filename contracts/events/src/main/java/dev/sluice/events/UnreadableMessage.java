package dev.sluice.events;

/**
 * A record that is no message of ours: not a CloudEvent, of an unknown type, no JSON, or something
 * required is missing. It will not become readable by trying again; whoever reads it puts it on the
 * dead-letter topic and goes on.
 */
public final class UnreadableMessage extends Exception {

  UnreadableMessage(String topic, int partition, long offset, String what) {
    super("%s-%d@%d: %s".formatted(topic, partition, offset, what));
  }
}
