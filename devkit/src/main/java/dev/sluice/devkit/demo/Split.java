package dev.sluice.devkit.demo;

import dev.sluice.devkit.edge.LoadGenerator;
import dev.sluice.devkit.edge.Shares;
import dev.sluice.events.TrafficApplied;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares the weights that were in force with who really answered. */
final class Split {

  /** "Set" is not "in effect": the edge sees the route a moment later. */
  private static final Duration UNTIL_EFFECTIVE = Duration.ofMillis(500);

  private static final int LEAST_REQUESTS = 100;
  private static final double MOST_SIGMAS = 4;

  /** What was served under one weight. */
  record Served(int weight, String canary, Shares shares) {

    double deviation() {
      return shares.deviation(canary, weight / 100.0);
    }

    boolean isFair() {
      return deviation() <= MOST_SIGMAS;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "weight %d: the canary answered %.1f %% of %d requests (%.1f sigma), %d failed",
          weight,
          100 * shares.share(canary),
          shares.total(),
          deviation(),
          shares.failed());
    }
  }

  private final LoadGenerator load;
  private final List<Served> served = new ArrayList<>();
  private int wanted = -1;
  private String canary = "";
  private String stable = "";
  private int weight = -1;
  private Instant since;

  Split(LoadGenerator load) {
    this.load = load;
  }

  /** All weights that were in force for long enough to say something. */
  synchronized List<Served> served() {
    return List.copyOf(served);
  }

  synchronized void want(int newWeight, String canaryHash, String stableHash) {
    wanted = newWeight;
    canary = canaryHash;
    stable = stableHash;
  }

  synchronized void hear(TrafficApplied applied) {
    if (applied.outcome() instanceof TrafficApplied.Outcome.Applied set) {
      weight = set.weight();
      since = applied.at();
    }
  }

  /** A new weight is asked for at this moment; what was served up to now, if it says something. */
  synchronized Optional<Served> end(Instant until) {
    // Where both Services select the same pods a weight splits nothing.
    boolean splits = weight > 0 && weight == wanted && !canary.equals(stable);
    Instant from = since;
    since = null;
    if (!splits || from == null) {
      return Optional.empty();
    }
    Served now = new Served(weight, canary, load.shares(from.plus(UNTIL_EFFECTIVE), until));
    if (now.shares().total() < LEAST_REQUESTS) {
      return Optional.empty();
    }
    served.add(now);
    return Optional.of(now);
  }
}
