package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Projections;
import dev.sluice.orchestrator.Rollouts;
import dev.sluice.orchestrator.kubernetes.Subject.Outdated;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  /** Works on one Rollout; returns when to come again without being asked, zero for never. */
  Duration run(RolloutKey key) throws Exception {
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
      Round done = round(key);
      if (!done.changed()) {
        return done.rest();
      }
    }
    throw new IllegalStateException(key + ": no rest after " + MOST_ROUNDS + " rounds");
  }

  private record Round(boolean changed, Duration rest) {

    static final Round NOTHING = new Round(false, Duration.ZERO);
  }

  private Round round(RolloutKey key) throws Exception {
    Optional<Rollout> manifest = objects.rollouts.find(key).filter(isOurs);
    // What is being deleted goes with all that it owns; nothing is put back.
    if (manifest.isEmpty() || manifest.get().getMetadata().getDeletionTimestamp() != null) {
      return Round.NOTHING;
    }
    if (!objects.workloads.areSeenFor(manifest.get())) {
      return new Round(false, UNTIL_SEEN);
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
      return write(new Subject(rollouts, references(key), manifest.get(), committed.get()), memory);
    } catch (Outdated moved) {
      return new Round(true, Duration.ZERO);
    }
  }

  private NamedObjects references(RolloutKey key) {
    return new NamedObjects(objects, key.namespace());
  }

  private Round write(Subject subject, StatusMemory memory) throws Exception {
    boolean changed = false;
    levels.services().release(subject);
    boolean isKnown = subject.state().isKnown() && subject.state().revision() != null;
    Duration untilAllowed = Duration.ZERO;
    if (isKnown) {
      ReplicaSetWriter.Creation creation = levels.replicaSets().create(subject);
      if (creation.news().isPresent()) {
        observer.observed(subject.manifest(), creation.news().get());
        return new Round(true, Duration.ZERO);
      }
      untilAllowed = creation.rest();
      changed = creation.changed();
      changed |= levels.rollouts().adjust(subject);
      changed |= levels.services().adjust(subject);
      changed |= levels.replicaSets().adjust(subject);
      changed |= levels.podMetadata().adjust(subject);
      changed |= levels.workloads().adjust(subject);
      changed |= levels.runs().adjust(subject);
      changed |= levels.experiments().adjust(subject);
    }
    PodRestarter.Result restart =
        isKnown ? levels.pods().adjust(subject) : PodRestarter.Result.NOTHING;
    if (restart.news().isPresent()) {
      observer.observed(subject.manifest(), restart.news().get());
      return new Round(true, Duration.ZERO);
    }
    StatusWriter.Shown shown = levels.statuses().show(subject, memory);
    if (isKnown) {
      changed |= levels.specifications().adjust(subject);
      levels.history().clean(subject);
    }
    return new Round(
        changed || shown.written(), earlier(earlier(shown.rest(), restart.rest()), untilAllowed));
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
