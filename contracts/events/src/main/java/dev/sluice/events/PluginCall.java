package dev.sluice.events;

import java.time.Instant;

/**
 * A step plugin is to be called. The same call is published again until its answer is recorded, so
 * that a plugin may see it more than once, each time under the same {@link #id}.
 *
 * @param uid the Rollout
 * @param namespace of it
 * @param rollout its name
 * @param epoch of the decision that asks; the answer repeats it
 * @param step index of the plugin's step
 * @param operation what it is asked to do
 * @param execution how often it was asked so in this step, from 1: answers are counted
 * @param plugin its name
 * @param url where it is, as the user wrote it; the gateway maps it to where it really is
 * @param config a JSON object: the step's own, without the URL
 * @param status the JSON value that it answered last; null before
 * @param revision that is updated to
 * @param podHash of that revision
 * @param stablePodHash of the revision that it is compared with
 * @param until nobody waits for this very message any longer: it was published again
 */
public record PluginCall(
    String uid,
    String namespace,
    String rollout,
    long epoch,
    int step,
    PluginOperation operation,
    int execution,
    String plugin,
    String url,
    String config,
    @Nullable String status,
    int revision,
    String podHash,
    String stablePodHash,
    Instant until)
    implements Message {

  /** The idempotency key: the same again is the same call. */
  public String id() {
    return id(uid, epoch, step, operation, execution);
  }

  static String id(String uid, long epoch, int step, PluginOperation operation, int execution) {
    return "%s/%d/%d/%s/%d".formatted(uid, epoch, step, operation.text(), execution);
  }

  @Override
  public String key() {
    return uid;
  }
}
