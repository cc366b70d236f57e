package dev.sluice.orchestrator.http;

import dev.sluice.events.ImagePushed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A kind of registry: how it proves who it is, and how it writes that an image was pushed. */
interface WebhookSource {

  /** In the path {@code /webhooks/<name>} and in the configuration. */
  String name();

  /**
   * Whether the sender knows the secret. Looks at bytes only, and takes as long whatever they are.
   *
   * @param body as it came
   * @param header gives the value of a header; null where there is none
   * @param secret that was configured, never empty
   */
  boolean isAuthentic(byte[] body, UnaryOperator<String> header, String secret);

  /**
   * The pushes of tagged images in a notification; everything else in it is left out.
   *
   * @param body authenticated
   * @param registryHost to take instead of the one that the notification names
   * @param receivedAt now
   * @throws MalformedNotification saying what is wrong where
   */
  List<ImagePushed> parse(byte[] body, Optional<String> registryHost, Instant receivedAt)
      throws MalformedNotification;
}
