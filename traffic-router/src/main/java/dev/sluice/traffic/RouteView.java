package dev.sluice.traffic;

import dev.sluice.events.Fence;
import java.util.Optional;

/**
 * What a route object shows, as far as it decides who may write it.
 *
 * @param object its kind and name, for messages
 * @param controller the owner that controls it
 * @param fenceOwner the uid that its fence belongs to; empty where there is none
 * @param fence the decision that wrote it; empty where there is none that can be read
 * @param weight of the canary; a bad one counts as 0, as for ingress-nginx
 * @param otherwiseAsWanted whether all that is not weight and fence is as it must be
 */
public record RouteView(
    String object,
    Optional<IngressView.Controller> controller,
    Optional<String> fenceOwner,
    Optional<Fence> fence,
    int weight,
    boolean otherwiseAsWanted) {

  /** The fence, if it belongs to this Rollout. */
  Optional<Fence> fenceOf(String uid) {
    return fenceOwner.equals(Optional.of(uid)) ? fence : Optional.empty();
  }
}
