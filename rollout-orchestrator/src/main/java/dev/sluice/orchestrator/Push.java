package dev.sluice.orchestrator;

import java.time.Instant;

/**
 * The last image push that was accepted.
 *
 * @param id of the notification; empty if there was none
 * @param image as it is to be in the pod template, by digest
 * @param repository of the image
 * @param digest of the image
 * @param pushedAt when the wanted image was pushed last, as the registry said
 * @param basePodHash the template that it changes
 * @param pending whether the template does not have it yet
 */
public record Push(
    String id,
    String image,
    String repository,
    String digest,
    Instant pushedAt,
    String basePodHash,
    boolean pending) {

  /** No push was accepted yet. */
  public static final Push NONE = new Push("", "", "", "", Instant.EPOCH, "", false);

  /** The wanted image was pushed again: what was pushed between is older now. */
  Push notBefore(Instant time) {
    return time.isAfter(pushedAt)
        ? new Push(id, image, repository, digest, time, basePodHash, pending)
        : this;
  }

  Push confirmed() {
    return new Push(id, image, repository, digest, pushedAt, basePodHash, false);
  }
}
