package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.Api;
import dev.sluice.crd.Rollout;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.orchestrator.EventLog;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Motion;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Projections;
import dev.sluice.orchestrator.Rollouts;
import dev.sluice.orchestrator.RunStatuses;
import dev.sluice.orchestrator.kubernetes.specification.References;
import dev.sluice.orchestrator.kubernetes.specification.Rules;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Everything between the cluster and the decisions: watches, queues, passes. */
public final class ClusterEdge implements RunStatuses, AutoCloseable {

  private static final Duration SWEEP = Duration.ofSeconds(30);

  // Nobody's traffic waits for an Event or a run's status: in a storm weights come first, and the
  // tale follows.
  private static final int PASSES_TO_A_NARRATION = 8;
  private static final int PASSES_TO_A_RUN = 4;

  private final KubernetesClient client;
  private final Options options;
  private final Rollouts rollouts;
  private final Projections projections;
  private final Reachability reachability;
  private final ClusterObjects objects;
  private final Memories memories;
  private final CommandReader commands;
  private final EventWriter events;
  private final PodMetadataWriter podMetadata;
  private final RunWriter runWriter;
  private final RunStatusWriter runStatuses;
  private final WorkQueue<RolloutKey> passes;
  private final WorkQueue<RolloutKey> runs;
  private final WorkQueue<String> narrations;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("cluster-sweep").factory());
  private volatile boolean open;

  /**
   * What an installation says.
   *
   * @param namespaces to work on; empty for all
   * @param instanceId whose Rollouts are worked on; empty: those that are marked for nobody
   * @param rules about analysis
   * @param parallel how many Rollouts are worked on at once
   */
  public record Options(List<String> namespaces, String instanceId, Rules rules, int parallel) {

    // Two installations keep apart by a label: without an id, what has the label is another's.
    boolean includes(Rollout manifest) {
      Map<String, String> labels = manifest.getMetadata().getLabels();
      String marked = labels == null ? "" : labels.getOrDefault(Api.INSTANCE_ID_LABEL, "");
      return marked.equals(instanceId);
    }
  }

  /** Connects nothing yet. */
  public ClusterEdge(
      KubernetesClient client,
      Options options,
      Intake intake,
      Rollouts rollouts,
      Projections projections,
      EventLog log,
      InstantSource clock) {
    this.client = client;
    this.options = options;
    this.rollouts = rollouts;
    this.projections = projections;
    this.reachability = new Reachability(clock);
    this.objects = new ClusterObjects(clock);
    List<String> namespaces = options.namespaces();
    this.memories = new Memories(name -> namespaces.isEmpty() || namespaces.contains(name), clock);
    Writes writes = new Writes(client, reachability);
    ExperimentObjects experiments = new ExperimentObjects(objects, writes);
    this.commands = new CommandReader(objects, rollouts, experiments);
    this.events = new EventWriter(writes, log, rollouts);
    this.podMetadata = new PodMetadataWriter(objects, writes);
    this.runStatuses = new RunStatusWriter(objects, writes, events, rollouts, clock);
    this.runWriter = new RunWriter(objects, writes, runStatuses);
    RolloutPass pass =
        new RolloutPass(
            options::includes,
            objects,
            writes,
            rollouts,
            projections,
            memories,
            new Observer(objects, commands, experiments, options.rules(), intake, rollouts, clock),
            new RolloutPass.Levels(
                new ReplicaSetWriter(objects, writes, clock),
                podMetadata,
                new PodRestarter(objects, writes),
                new RolloutWriter(objects, writes),
                new ServiceWriter(objects, writes),
                new WorkloadWriter(objects, writes),
                runWriter,
                new ExperimentWriter(objects, writes, experiments),
                new StatusWriter(objects, writes, projections, clock),
                new SpecificationWriter(objects, writes),
                new HistoryCleaner(objects, writes)));
    FailureLog failures = new FailureLog(clock);
    int parallel = options.parallel();
    this.passes =
        new WorkQueue<>("rollouts", parallel, (key, turn) -> work(pass, key, turn), failures);
    this.runs =
        new WorkQueue<>(
            "runs", Math.max(1, parallel / PASSES_TO_A_RUN), (run, _) -> show(run), failures);
    this.narrations =
        new WorkQueue<>(
            "events",
            Math.max(1, parallel / PASSES_TO_A_NARRATION),
            (uid, _) -> tell(uid),
            failures);
  }

  /** Begins to watch. Work begins when everything was seen once, however long that takes. */
  public void start() {
    rollouts.onCommit(this::committed);
    Watches watches = new Watches(client, options.namespaces(), objects, reachability);
    objects.workloads.onFirstUse(kind -> watches.watchNamed(kind, this::changed));
    watches.start(this::changed, this::runChanged, commands::deleted);
    sweeper.scheduleWithFixedDelay(this::openWhenSynced, 20, 20, TimeUnit.MILLISECONDS);
    sweeper.scheduleWithFixedDelay(
        this::sweep, SWEEP.toSeconds(), SWEEP.toSeconds(), TimeUnit.SECONDS);
  }

  // Before everything was seen once, what is missing would look deleted.
  private void changed(RolloutKey key) {
    if (open) {
      passes.add(key);
    }
  }

  private void runChanged(RolloutKey run) {
    if (open) {
      runs.add(run);
    }
  }

  private void openWhenSynced() {
    if (!open && objects.areSynced()) {
      open = true;
      sweep();
    }
  }

  // Watches say everything; this is for what nobody has thought of.
  private void sweep() {
    if (open) {
      rollouts.all().forEach(committed -> memories.known(committed.rollout()));
      objects.rollouts.all().forEach(rollout -> passes.addBehind(RolloutKey.of(rollout)));
      memories.keys().forEach(passes::addBehind);
      // Its Rollout may have gone while nobody looked.
      objects.services.all().stream()
          .flatMap(service -> ClusterObjects.managing(service).stream())
          .forEach(passes::addBehind);
    }
  }

  private void committed(Rollouts.Committed committed) {
    memories.committed(committed.rollout());
    runWriter.committed(committed.rollout());
    if (open) {
      RolloutKey key = RolloutKey.of(committed.rollout().identity());
      if (Motion.isDue(committed.rollout())) {
        passes.add(key);
      } else {
        passes.addBehind(key);
      }
      narrations.add(committed.rollout().identity().uid());
    }
  }

  private void work(RolloutPass pass, RolloutKey key, WorkQueue.Turn turn) throws Exception {
    Duration wait = pass.run(key, turn::mustYield);
    if (!wait.isZero()) {
      passes.addAfter(key, wait);
    }
    memories.known(key).forEach(identity -> narrations.add(identity.uid()));
  }

  private void show(RolloutKey run) throws Writes.Conflict {
    Duration wait = runStatuses.show(run);
    if (!wait.isZero()) {
      runs.addAfter(run, wait);
    }
  }

  private void tell(String uid) throws Exception {
    Optional<Rollouts.Committed> committed = rollouts.find(uid);
    if (committed.isEmpty()) {
      return;
    }
    Identity identity = committed.get().rollout().identity();
    StatusMemory memory = memories.of(uid);
    memory.load(projections, uid);
    events.tell(uid, EventWriter.reference(identity), memory);
    if (committed.get().rollout().progress() instanceof Progress.Gone) {
      events.forget(uid);
      memories.forget(uid);
    }
  }

  @Override
  public void progressed(AnalysisProgress progress) {
    runChanged(runStatuses.remember(progress));
  }

  /** Since when the API server does not answer. */
  public Optional<Reachability.Outage> outage() {
    return reachability.outage();
  }

  /** What the Rollout may name; empty before all of it was seen once. */
  Optional<References> references(Rollout rollout) {
    return open && objects.workloads.areSeenFor(rollout)
        ? Optional.of(new NamedObjects(objects, rollout.getMetadata().getNamespace()))
        : Optional.empty();
  }

  /** Whether all objects were seen once. */
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    sweeper.shutdownNow();
    objects.close();
    passes.close();
    runs.close();
    narrations.close();
    podMetadata.close();
  }
}
