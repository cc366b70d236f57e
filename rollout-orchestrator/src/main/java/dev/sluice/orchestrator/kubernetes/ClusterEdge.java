package dev.sluice.orchestrator.kubernetes;

<<<<<<< HEAD
import dev.sluice.crd.Api;
=======
>>>>>>> main
import dev.sluice.events.AnalysisProgress;
import dev.sluice.orchestrator.EventLog;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Projections;
import dev.sluice.orchestrator.Rollouts;
import dev.sluice.orchestrator.RunStatuses;
import dev.sluice.orchestrator.kubernetes.specification.Rules;
<<<<<<< HEAD
import io.fabric8.kubernetes.api.model.HasMetadata;
=======
>>>>>>> main
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
<<<<<<< HEAD
import java.util.function.Consumer;
import java.util.function.Function;
=======
>>>>>>> main

/** Everything between the cluster and the decisions: watches, queues, passes. */
public final class ClusterEdge implements RunStatuses, AutoCloseable {

  private static final Duration SWEEP = Duration.ofSeconds(30);

  private final KubernetesClient client;
  private final Options options;
  private final Rollouts rollouts;
  private final Projections projections;
  private final Reachability reachability;
  private final ClusterObjects objects;
  private final Memories memories = new Memories();
  private final CommandReader commands;
  private final EventWriter events;
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
   * @param rules about analysis
   * @param parallel how many Rollouts are worked on at once
   */
  public record Options(List<String> namespaces, Rules rules, int parallel) {}

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
    Writes writes = new Writes(client, reachability);
    this.commands = new CommandReader(objects);
    this.events = new EventWriter(writes, log, rollouts);
    this.runStatuses = new RunStatusWriter(objects, writes, events, rollouts, clock);
    RolloutPass pass =
        new RolloutPass(
            objects,
            rollouts,
            projections,
            memories,
            new Observer(objects, commands, options.rules(), intake, rollouts, clock),
            new RolloutPass.Levels(
                new ReplicaSetWriter(objects, writes),
                new RevisionWriter(objects, writes),
                new ServiceWriter(objects, writes),
                new RunWriter(objects, writes),
                new StatusWriter(objects, writes, projections, clock),
                new ImageWriter(objects, writes),
                new HistoryCleaner(objects, writes)));
    FailureLog failures = new FailureLog(clock);
    int parallel = options.parallel();
    this.passes = new WorkQueue<>("rollouts", parallel, key -> work(pass, key), failures);
    this.runs = new WorkQueue<>("runs", parallel, this::show, failures);
    this.narrations = new WorkQueue<>("events", parallel, this::tell, failures);
  }

  /** Begins to watch. Work begins when everything was seen once, however long that takes. */
  public void start() {
    rollouts.onCommit(this::committed);
<<<<<<< HEAD
    Interests interests = new Interests(objects.rollouts);
    watch(objects.rollouts, "", rollout -> List.of(RolloutKey.of(rollout)));
    watch(
        objects.replicaSets,
        Api.POD_TEMPLATE_HASH_LABEL,
        replicaSet -> interests.owner(replicaSet).stream().toList());
    watch(objects.services, "", interests::of);
    watch(objects.ingresses, "", interests::naming);
    watch(
        objects.templates,
        "",
        template -> interests.analysingIn(template.getMetadata().getNamespace()));
    objects.clusterTemplates.start(
        client,
        List.of(),
        "",
        _ -> addAll(interests.analysing()),
        _ -> addAll(interests.analysing()),
        reachability);
    objects.runs.start(
        client,
        options.namespaces(),
        "",
        run -> {
          addAll(interests.owner(run).stream().toList());
          runs.add(RolloutKey.of(run));
        },
        run -> {
          commands.deleted(run);
          addAll(interests.owner(run).stream().toList());
        },
        reachability);
=======
    new Watches(client, options.namespaces(), objects, reachability)
        .start(this::changed, this::runChanged, commands::deleted);
>>>>>>> main
    sweeper.scheduleWithFixedDelay(this::openWhenSynced, 20, 20, TimeUnit.MILLISECONDS);
    sweeper.scheduleWithFixedDelay(
        this::sweep, SWEEP.toSeconds(), SWEEP.toSeconds(), TimeUnit.SECONDS);
  }

<<<<<<< HEAD
  private <T extends HasMetadata> void watch(
      Watched<T> watched, String label, Function<T, List<RolloutKey>> interested) {
    Consumer<T> changed = object -> addAll(interested.apply(object));
    watched.start(client, options.namespaces(), label, changed, changed, reachability);
  }

  private void addAll(List<RolloutKey> keys) {
    reachability.answered();
    // Before everything was seen once, what is missing would look deleted.
    if (open) {
      keys.forEach(passes::add);
=======
  // Before everything was seen once, what is missing would look deleted.
  private void changed(RolloutKey key) {
    if (open) {
      passes.add(key);
    }
  }

  private void runChanged(RolloutKey run) {
    if (open) {
      runs.add(run);
>>>>>>> main
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
      objects.rollouts.all().forEach(rollout -> passes.add(RolloutKey.of(rollout)));
      memories.keys().forEach(passes::add);
    }
  }

  private void committed(Rollouts.Committed committed) {
    memories.committed(committed.rollout());
    if (open) {
      passes.add(RolloutKey.of(committed.rollout().identity()));
      narrations.add(committed.rollout().identity().uid());
    }
  }

  private void work(RolloutPass pass, RolloutKey key) throws Exception {
    Duration wait = pass.run(key);
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
<<<<<<< HEAD
    RolloutKey run = runStatuses.remember(progress);
    if (open) {
      runs.add(run);
    }
=======
    runChanged(runStatuses.remember(progress));
>>>>>>> main
  }

  /** Since when the API server does not answer. */
  public Optional<Reachability.Outage> outage() {
    return reachability.outage();
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
  }
}
