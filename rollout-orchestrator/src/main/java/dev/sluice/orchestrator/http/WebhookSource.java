package dev.sluice.orchestrator.http;

import dev.sluice.events.ImagePushed;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.List;

/** One kind of registry. */
interface WebhookSource {

  /** Its name in the path. */
  String name();

  /** Whether these very bytes come from who they say; nothing of them has been parsed yet. */
  boolean isAuthentic(byte[] body, HttpHeaders headers);

  /**
   * The pushes of tags in a notification; other events are left out.
   *
   * @throws MalformedNotification that says what is wrong where
   */
  List<ImagePushed> pushes(byte[] body, Instant now) throws MalformedNotification;

  /** A notification that is none. */
  final class MalformedNotification extends Exception {
    private static final long serialVersionUID = 1;

    MalformedNotification(String message) {
      super(message);
    }
  }
}
