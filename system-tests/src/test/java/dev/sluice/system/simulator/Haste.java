package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.orchestrator.Sizes;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Somebody who wants more pods in mid-update, and takes the update back, or wants another one,
 * while they are being added: what is decided then does not know yet how many there are.
 */
final class Haste {

  private static final int MOST_PODS = 9;
  private static final int MOST_LOOKS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Ground ground;
  private final SimulatedStore store;
  private final SimulatedUser user;

  Haste(Ground ground, SimulatedStore store, SimulatedUser user) {
    this.ground = ground;
    this.store = store;
    this.user = user;
  }

  /** Waits for an update that has few pods, asks for more, and looks for the moment. */
  void begin() {
    await(ground.now().plus(PATIENCE));
  }

  private void await(Instant end) {
    if (is(Haste::isSmall)) {
      user.scale(MOST_PODS);
      look(MOST_LOOKS);
    } else if (ground.now().isBefore(end)) {
      ground.schedule().after(ground.chaos().millis(100, 2_000), () -> await(end));
    }
  }

  private void look(int looks) {
    if (is(Haste::isGrowing)) {
      ground
          .schedule()
          .after(
              ground.chaos().millis(0, 60),
              ground.chaos().oneIn(2) ? user::abort : user::tryAnotherImage);
    } else if (looks > 0) {
      ground.schedule().after(ground.chaos().millis(5, 50), () -> look(looks - 1));
    }
  }

  private boolean is(Predicate<Rollout> so) {
    return store.committed().map(Committed::rollout).filter(so).isPresent();
  }

  private static boolean isSmall(Rollout rollout) {
    return rollout.progress() instanceof Progress.Stepping
        && rollout.route().desiredWeight() > 0
        && rollout.specification().replicas() < MOST_PODS;
  }

  private static boolean isGrowing(Rollout rollout) {
    return rollout.progress() instanceof Progress.Stepping && missing(rollout) > 0;
  }

  private static int missing(Rollout rollout) {
    String podHash = rollout.revision().podHash();
    return Sizes.of(rollout).getOrDefault(podHash, 0) - rollout.cluster().wanted(podHash);
  }
}
