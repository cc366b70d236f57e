package dev.sluice.devkit.demo;

import dev.sluice.devkit.world.World;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.RolloutSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** The two pushes, and what is to come of them. */
final class Story {

  static final String HOST = "ghcr.io";
  static final String REPOSITORY = "acme/checkout-service";
  static final String TAG = "release";
  static final String GOOD = "sha256:" + "600d".repeat(16);
  static final String BAD = "sha256:" + "bad0".repeat(16);

  /** A promise of the story that was not kept. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken(String message) {
      super(message);
    }
  }

  private final World world;
  private final Timeline timeline;
  private final Duration patience;

  Story(World world, Timeline timeline, Duration patience) {
    this.world = world;
    this.timeline = timeline;
    this.patience = patience;
  }

  static String image(String digest) {
    return HOST + "/" + REPOSITORY + "@" + digest;
  }

  /** The first deployment: it has nothing to be compared with, so no gate applies. */
  void install() {
    timeline.say("the manifests are applied");
    await("the first revision is healthy", s -> s.revision() == 1 && s.phase().equals("Healthy"));
  }

  /** A good image goes through all gates. */
  void good() {
    timeline.say("a good image is pushed");
    world.registry().push(HOST, REPOSITORY, TAG, GOOD);
    RolloutSnapshot end =
        await(
            "the good image is promoted",
            s -> s.revision() == 2 && (s.phase().equals("Healthy") || s.aborted()));
    if (end.aborted()) {
      throw new Broken("the good image was taken back: " + end.message());
    }
    long gates = facts().filter(f -> f instanceof RolloutFact.AnalysisStarted).count();
    if (gates != 3) {
      throw new Broken("the good image went through " + gates + " gates, not 3");
    }
  }

  /** A bad image is taken back without anybody. */
  void bad() {
    timeline.say("a bad image is pushed");
    RolloutSnapshot before = last();
    world.registry().push(HOST, REPOSITORY, TAG, BAD);
    RolloutSnapshot end =
        await(
            "the bad image is taken back",
            s ->
                s.revision() == 3
                    && (s.phase().equals("Healthy") || (s.aborted() && s.appliedWeight() == 0)));
    if (!end.aborted()) {
      throw new Broken("the bad image was promoted");
    }
    if (!end.stablePodHash().equals(before.stablePodHash())) {
      throw new Broken("the stable revision changed to " + end.stablePodHash());
    }
  }

  /** What was served under each weight, compared with the weight. */
  void fairSplits() {
    List<Split.Served> served = timeline.split().served();
    if (served.size() < 3) {
      throw new Broken(
          "only " + served.size() + " weights were in force long enough to be counted");
    }
    served.stream()
        .filter(s -> !s.isFair())
        .findFirst()
        .ifPresent(s -> {
          throw new Broken("the split is not as asked: " + s);
        });
  }

  private java.util.stream.Stream<RolloutFact> facts() {
    return world.messages().all(RolloutEvent.class).stream().map(RolloutEvent::fact);
  }

  private RolloutSnapshot last() {
    return world.messages().all(RolloutSnapshot.class).getLast();
  }

  private RolloutSnapshot await(String what, Predicate<RolloutSnapshot> arrived) {
    Instant end = Instant.now().plus(patience);
    while (Instant.now().isBefore(end)) {
      List<RolloutSnapshot> heard = world.messages().all(RolloutSnapshot.class);
      if (!heard.isEmpty() && arrived.test(heard.getLast())) {
        return heard.getLast();
      }
      rest();
    }
    List<RolloutSnapshot> heard = world.messages().all(RolloutSnapshot.class);
    throw new Broken(
        "not in %d s: %s; it is %s"
            .formatted(patience.toSeconds(), what, heard.isEmpty() ? "unknown" : heard.getLast()));
  }

  private static void rest() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
