package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Projections;
import dev.sluice.orchestrator.Rollouts;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * One pass for one Rollout: observe, give signals, then write what differs, until nothing does.
 * Reads caches only; where a write meets another one it ends, and is begun anew.
 */
final class RolloutPass {

  // Each round writes what the one before made possible; a first deployment takes about five.
  private static final int MOST_ROUNDS = 100;

  // A kind that nobody has referred to before is being listed.
  private static final Duration UNTIL_SEEN = Duration.ofMillis(100);

  private final Predicate<Rollout> isOurs;
  private final ClusterObjects objects;
  private final Rollouts rollouts;
  private final Projections projections;
  private final Memories memories;
  private final Observer observer;
  private final Levels levels;
  private final Writes writes;

  RolloutPass(
      Predicate<Rollout> isOurs,
      ClusterObjects objects,
      Writes writes,
      Rollouts rollouts,
      Projections projections,
      Memories memories,
      Observer observer,
      Levels levels) {
    this.isOurs = isOurs;
    this.objects = objects;
    this.writes = writes;
    this.rollouts = rollouts;
    this.projections = projections;
    this.memories = memories;
    this.observer = observer;
    this.levels = levels;
  }

  /** What is made to look as decided, in the order in which it is written. */
  record Levels(
      ReplicaSetWriter replicaSets,
      PodMetadataWriter podMetadata,
      PodRestarter pods,
      RolloutWriter rollouts,
      ServiceWriter services,
      WorkloadWriter workloads,
      RunWriter runs,
      ExperimentWriter experiments,
      StatusWriter statuses,
      SpecificationWriter specifications,
      HistoryCleaner history) {}

  /**
   * Works on one Rollout.
   *
   * @param mustYield whether what only shows the state should be left for later
   * @return when to come again without being asked, zero for never
   */
  Duration run(RolloutKey key, BooleanSupplier mustYield) throws Exception {
    Optional<Rollout> manifest = objects.rollouts.find(key);
    if (manifest.isPresent() && !isOurs.test(manifest.get())) {
      return Duration.ZERO;
    }
    for (Identity gone : departed(key, manifest)) {
      observer.gone(gone);
      levels.runs().forget(gone.uid());
      levels.experiments().forget(gone.uid());
      levels.replicaSets().forget(gone.uid());
    }
    if (manifest.isEmpty()) {
      levels.services().releaseAll(key);
    }
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Round done = round(key, mustYield);
      if (!done.changed()) {
        return done.rest();
      }
    }
    throw new IllegalStateException(key + ": no rest after " + MOST_ROUNDS + " rounds");
  }

  /**
   * What came of a round.
   *
   * @param changed whether another one is needed
   * @param isNews whether a signal was given: what was to be shown is another thing now
   * @param rest when to come again without being asked
   */
  private record Round(boolean changed, boolean isNews, Duration rest) {

    static final Round NOTHING = new Round(false, false, Duration.ZERO);
  }

  private Round round(RolloutKey key, BooleanSupplier mustYield) throws Exception {
    Optional<Rollout> manifest = objects.rollouts.find(key).filter(isOurs);
    // What is being deleted goes with all that it owns; nothing is put back.
    if (manifest.isEmpty() || manifest.get().getMetadata().getDeletionTimestamp() != null) {
      return Round.NOTHING;
    }
    if (!objects.workloads.areSeenFor(manifest.get())) {
      return new Round(false, false, UNTIL_SEEN);
    }
    String uid = manifest.get().getMetadata().getUid();
    StatusMemory memory = memories.of(uid);
    memory.load(projections, uid);
    observer.observe(manifest.get(), memory);
    Optional<Rollouts.Committed> committed = rollouts.find(uid);
    if (committed.isEmpty() || committed.get().rollout().progress() instanceof Progress.Gone) {
      return Round.NOTHING;
    }
    try {
      Subject subject = new Subject(rollouts, references(key), manifest.get(), committed.get());
      Round moved = move(subject);
      return moved.isNews() || mustYield.getAsBoolean() ? moved : show(subject, memory, moved);
    } catch (Outdated moved) {
      return new Round(true, false, Duration.ZERO);
    }
  }

  private NamedObjects references(RolloutKey key) {
    return new NamedObjects(objects, key.namespace());
  }

  // What carries traffic, or leads to it.
  private Round move(Subject subject) throws Exception {
    levels.services().release(subject);
    if (!isDecidedAbout(subject)) {
      return Round.NOTHING;
    }
    ReplicaSetWriter.Creation creation = levels.replicaSets().create(subject);
    if (creation.news().isPresent()) {
      return news(subject, creation.news().get());
    }
    boolean changed = creation.changed();
    changed |= levels.rollouts().adjust(subject);
    changed |= levels.services().adjust(subject);
    changed |= levels.replicaSets().adjust(subject);
    changed |= levels.podMetadata().adjust(subject);
    changed |= levels.workloads().adjust(subject);
    changed |= levels.experiments().adjust(subject);
    PodRestarter.Result restart = levels.pods().adjust(subject);
    return restart.news().isPresent()
        ? news(subject, restart.news().get())
        : new Round(changed, false, earlier(restart.rest(), creation.rest()));
  }

  private Round news(Subject subject, Signal signal) throws Exception {
    observer.observed(subject.manifest(), signal);
    return new Round(true, true, Duration.ZERO);
  }

  // What people and tools look at.
  private Round show(Subject subject, StatusMemory memory, Round moved) throws Exception {
    boolean isDecidedAbout = isDecidedAbout(subject);
    boolean changed = moved.changed();
    if (isDecidedAbout) {
      changed |= levels.runs().adjust(subject);
    }
    StatusWriter.Shown shown = levels.statuses().show(subject, memory);
    if (isDecidedAbout) {
      changed |= levels.specifications().adjust(subject);
      levels.history().clean(subject);
    }
    return new Round(changed || shown.written(), false, earlier(shown.rest(), moved.rest()));
  }

  private static boolean isDecidedAbout(Subject subject) {
    return subject.state().isKnown() && subject.state().revision() != null;
  }

  private static Duration earlier(Duration a, Duration b) {
    return b.isZero() || (!a.isZero() && a.compareTo(b) < 0) ? a : b;
  }

  // The end of a Rollout is for ever, so a watch alone is not believed.
  private List<Identity> departed(RolloutKey key, Optional<Rollout> manifest) {
    String living = manifest.map(m -> m.getMetadata().getUid()).orElse("");
    List<Identity> missing =
        memories.known(key).stream().filter(known -> !known.uid().equals(living)).toList();
    if (missing.isEmpty()) {
      return missing;
    }
    String there = writes.read(Rollout.class, key).map(m -> m.getMetadata().getUid()).orElse("");
    return missing.stream().filter(known -> !known.uid().equals(there)).toList();
  }
}
