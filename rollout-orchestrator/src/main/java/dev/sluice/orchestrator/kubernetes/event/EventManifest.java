package dev.sluice.orchestrator.kubernetes.event;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** Event objects. The name follows from what is told: telling it twice changes nothing. */
public final class EventManifest {

  private static final String SOURCE = "rollouts-controller";
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_MESSAGE = 1024;
  private static final int HASH_LENGTH = 16;

  private EventManifest() {}

  /**
   * An Event about an object.
   *
   * @param cause names what is told, uniquely for the object
   * @param at when it happened
   */
  public static Event of(ObjectReference object, String cause, Told told, Instant at) {
    String hash = hash(object.getUid() + ":" + cause);
    String base = object.getName();
    if (base.length() + 1 + hash.length() > LONGEST_NAME) {
      base = base.substring(0, LONGEST_NAME - 1 - hash.length());
    }
    String time = at.truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withName(base + "." + hash)
        .withNamespace(object.getNamespace())
        .endMetadata()
        .withInvolvedObject(object)
        .withReason(told.reason())
        .withMessage(
            told.message().length() > LONGEST_MESSAGE
                ? told.message().substring(0, LONGEST_MESSAGE)
                : told.message())
        .withType(told.isWarning() ? "Warning" : "Normal")
        .withNewSource()
        .withComponent(SOURCE)
        .endSource()
        .withReportingComponent(SOURCE)
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .build();
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
