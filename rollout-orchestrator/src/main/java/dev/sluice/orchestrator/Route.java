package dev.sluice.orchestrator;

import dev.sluice.events.Fence;
import dev.sluice.events.ManagedRoute;
import java.time.Instant;
import java.util.List;

/**
 * What was asked of the router, and what it read back.
 *
 * @param asked what is not yet confirmed, oldest first; the last is what is wanted
 * @param applied the newest confirmed one; null before the first
 * @param askedAt when the last one was published
 * @param failure what the router last complained about; empty if it does not
 */
public record Route(List<Wanted> asked, Wanted applied, Instant askedAt, String failure) {

  /** Nothing was asked yet. */
  public static final Route UNKNOWN = new Route(List.of(), null, Instant.EPOCH, "");

  /**
   * A split.
   *
   * @param fence of the decision
   * @param weight of the canary
   * @param canaryHash that the canary Service was to select
   * @param stableHash that the stable Service was to select
   * @param routes header and mirror routes to the canary; the first has precedence
   */
  public record Wanted(
      Fence fence, int weight, String canaryHash, String stableHash, List<ManagedRoute> routes) {

    /** Copies the list. What an older program stored has no routes. */
    public Wanted {
      routes = routes == null ? List.of() : List.copyOf(routes);
    }
  }

  /** Copies the list. */
  public Route {
    asked = List.copyOf(asked);
  }

  /** The same for Services that have swapped their parts. */
  Route mirrored(int maxWeight) {
    return new Route(
        asked.stream().map(wanted -> mirrored(wanted, maxWeight)).toList(),
        applied == null ? null : mirrored(applied, maxWeight),
        askedAt,
        failure);
  }

  private static Wanted mirrored(Wanted wanted, int maxWeight) {
    return new Wanted(
        wanted.fence(),
        maxWeight - wanted.weight(),
        wanted.stableHash(),
        wanted.canaryHash(),
        wanted.routes());
  }

  /** The newest wish; null before the first. */
  public Wanted desired() {
    return asked.isEmpty() ? applied : asked.getLast();
  }

  /** The weight that is wanted; 0 before the first wish. */
  public int desiredWeight() {
    Wanted desired = desired();
    return desired == null ? 0 : desired.weight();
  }

  /** The header and mirror routes that are wanted. */
  public List<ManagedRoute> desiredRoutes() {
    Wanted desired = desired();
    return desired == null ? List.of() : desired.routes();
  }

  /** The weight that was read back; -1 before the first answer. */
  public int appliedWeight() {
    return applied == null ? -1 : applied.weight();
  }

  /** Whether the newest wish was read back. */
  public boolean isVerified() {
    return applied != null && asked.isEmpty();
  }

  /** Whether this weight is wanted and was read back. */
  public boolean isVerifiedAt(int weight) {
    return isVerified() && applied.weight() == weight;
  }

  /** The highest weight that may be in force now. */
  public int highestWeight() {
    int highest = Math.max(0, appliedWeight());
    for (Wanted wanted : asked) {
      highest = Math.max(highest, wanted.weight());
    }
    return highest;
  }

  /** The lowest weight that may be in force now. */
  public int lowestWeight() {
    int lowest = applied == null ? 0 : applied.weight();
    for (Wanted wanted : asked) {
      lowest = Math.min(lowest, wanted.weight());
    }
    return lowest;
  }
}
