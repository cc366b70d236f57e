package dev.sluice.system.simulator;

import dev.sluice.events.ImagePushed;
import dev.sluice.events.RolloutCommand;
import dev.sluice.events.RolloutCommand.Action;
import dev.sluice.events.RolloutCommand.Argument;
import dev.sluice.events.Topics;
import dev.sluice.orchestrator.PauseCondition.Reason;
import dev.sluice.system.simulator.ClusterObject.RolloutObject;
import dev.sluice.system.simulator.invariant.Observation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** People and their tools: new images, edits, commands both ways, image pushes. */
final class SimulatedUser {

  private static final int MOST_LOOKS = 40;

  private final Ground ground;
  private final SimulatedCluster cluster;
  private final SimulatedKafka kafka;
  private final SimulatedStore store;
  private final Checks checks;
  private final Process tools;
  private final RandomGenerator stepsChance;
  private final List<String> images = new ArrayList<>();
  private Manifest committed;
  private String uid = "u-1";
  private int created;
  private int versions = 1;
  private int commands;
  private int pushes;

  SimulatedUser(
      Ground ground,
      SimulatedCluster cluster,
      SimulatedKafka kafka,
      SimulatedStore store,
      Checks checks) {
    this.ground = ground;
    this.cluster = cluster;
    this.kafka = kafka;
    this.store = store;
    this.checks = checks;
    tools = new Process("user", ground);
    stepsChance = ground.chaos().own("experiment steps of people");
  }

  /** Brings the Rollout; how far it has come before is up to others. */
  void create(Setting setting) {
    images.add(image("v1"));
    create(
        new Manifest(
            image("v1"),
            setting.steps(),
            setting.background(),
            setting.replicas(),
            false,
            setting.validAtFirst(),
            setting.routedAtFirst(),
            null,
            ""));
  }

  private void create(Manifest manifest) {
    uid = "u-" + ++created;
    ground.trace().line("user", () -> "creates the Rollout " + uid + ": " + manifest);
    cluster.put(SimulatedCluster.ROLLOUT, new RolloutObject(uid, manifest, 1, Status.NOTHING));
  }

  /** Deletes the Rollout, and creates it again under the same name: another one. */
  void recreate() {
    Manifest manifest = cluster.rollout().map(RolloutObject::manifest).orElse(null);
    if (manifest == null) {
      return;
    }
    delete();
    Manifest next = ground.chaos().oneIn(2) ? manifest : manifest.withImage(newImage());
    ground.schedule().after(ground.chaos().millis(0, 4_000), () -> createUnlessThere(next));
  }

  // Perhaps in such a hurry that nobody sees it before it is gone again.
  private void createUnlessThere(Manifest manifest) {
    if (cluster.rollout().isEmpty()) {
      create(manifest);
      if (ground.chaos().oneIn(3)) {
        ground.schedule().after(ground.chaos().millis(1, 300), this::recreate);
      }
    }
  }

  /** Wants so many pods. */
  void scale(int replicas) {
    tryEdit("replicas", m -> m.withReplicas(replicas));
  }

  /** The autoscaler wants another number of pods. */
  void autoscale() {
    tryEdit("autoscaler", m -> m.withReplicas(ground.chaos().between(1, 9)));
  }

  /** What stands in the repository is brought into the cluster once more. */
  void synchronize() {
    if (committed == null) {
      committed = cluster.rollout().map(RolloutObject::manifest).orElse(null);
    }
    tryEdit("repository", _ -> committed);
  }

  /** Brings into the repository what is in the cluster now. */
  void commit() {
    cluster.rollout().map(RolloutObject::manifest).ifPresent(m -> committed = m);
  }

  /** What was there before has the first uid. */
  void found(List<String> known) {
    created = 1;
    images.addAll(known);
    versions = images.size();
  }

  static String image(String version) {
    return Manifest.REPOSITORY + ":" + version;
  }

  /** Does something, or finds nothing to do. */
  void act() {
    Optional<RolloutObject> there = cluster.rollout();
    if (cluster.isAway()) {
      return;
    }
    if (there.isEmpty()) {
      actInVain();
      return;
    }
    switch (ground.chaos().below(30)) {
      case 0, 1, 2, 3, 4 -> edit("new image", m -> m.withImage(newImage()));
      case 5 -> stableImage().ifPresent(i -> edit("stable image", m -> m.withImage(i)));
      case 7, 8 -> edit("old image", m -> m.withImage(ground.chaos().oneOf(images)));
      case 9 -> edit("steps", m -> m.withSteps(StepLists.by(ground.chaos(), stepsChance)));
      case 10 -> edit("replicas", m -> m.withReplicas(replicas()));
      case 11 -> new Haste(ground, store, this).begin();
      case 12 -> edit("paused", m -> m.withPaused(!m.paused()));
      case 13 -> edit("validity", m -> m.withValid(!m.valid()));
      case 14, 15 -> statusCommand(there.get().status());
      case 16, 17, 18 -> promote(there.get().status());
      case 6, 19 -> command(ground.chaos().oneOf(List.of(Action.values())));
      case 20 -> command(Action.PROMOTE);
      case 21, 22 -> hurry(there.get().status());
      case 23, 24 -> edit("restart", m -> m.withRestartAt(restartAt(m.restartAt())));
      case 25 -> changeRouter();
      case 26 ->
          edit("no pods, no steps", m -> m.withReplicas(0).withSteps("none").withImage(newImage()));
      case 27 -> {
        command(ground.chaos().oneOf(List.of(Action.UNDO, Action.SET_IMAGE, Action.RESTART)));
        overrule(MOST_LOOKS);
      }
      case 28 -> edit("background", m -> m.withBackground(Backgrounds.by(ground.chaos())));
      default -> push();
    }
  }

  // Two people again: what one has asked for is decided and not yet written when the other comes.
  private void overrule(int looks) {
    boolean underWay =
        store.committed().filter(c -> !c.rollout().edits().pending().isEmpty()).isPresent();
    if (underWay) {
      switch (ground.chaos().below(3)) {
        case 0 -> command(Action.ABORT);
        case 1 -> tryEdit("overruling restart", m -> m.withRestartAt(restartAt(m.restartAt())));
        default -> tryAnotherImage();
      }
    } else if (looks > 0) {
      ground.schedule().after(ground.chaos().millis(5, 50), () -> overrule(looks - 1));
    }
  }

  // Who has not heard that the Rollout is gone.
  private void actInVain() {
    if (ground.chaos().oneIn(2)) {
      command(ground.chaos().oneOf(List.of(Action.values())));
    } else {
      push();
    }
  }

  // Two people, or one with two tools: the second does not see yet what the first has done.
  private void hurry(Status there) {
    if (there.pauses().isEmpty()) {
      promote(there);
      return;
    }
    switch (ground.chaos().below(4)) {
      case 0 -> command(Action.ABORT);
      case 1 -> command(Action.PROMOTE);
      case 2 -> command(Action.PROMOTE_FULL);
      default -> stableImage().ifPresent(i -> edit("stable image", m -> m.withImage(i)));
    }
    ground.schedule().after(ground.chaos().millis(0, 150), this::resume);
  }

  /** Leaves nothing halted for no reason. */
  void tidyUp() {
    cluster
        .rollout()
        .filter(r -> r.manifest().paused() || !r.manifest().valid())
        .ifPresent(_ -> edit("tidy", m -> m.withPaused(false).withValid(true)));
  }

  void delete() {
    ground.trace().line("user", () -> "deletes the Rollout");
    cluster.delete(SimulatedCluster.ROLLOUT);
  }

  /** Hopes that another image helps. */
  void tryAnotherImage() {
    tryEdit("another image", m -> m.withImage(newImage()));
  }

  /** The same, with other steps. */
  void tryAnotherImage(String steps) {
    tryEdit("another image, other steps", m -> m.withSteps(steps).withImage(newImage()));
  }

  /** Wants the pods to be replaced now. */
  void restart() {
    Instant now = ground.now().truncatedTo(ChronoUnit.SECONDS);
    tryEdit("restart", m -> m.withRestartAt(now));
  }

  /** Ends the pause that is shown, if there is one. */
  void resume() {
    cluster
        .rollout()
        .map(RolloutObject::status)
        .filter(s -> !s.pauses().isEmpty())
        .ifPresent(s -> patch(StatusCommands.PAUSES, s.withoutPauses()));
  }

  private void tryEdit(String what, UnaryOperator<Manifest> change) {
    if (cluster.rollout().isPresent() && !cluster.isAway()) {
      edit(what, change);
    }
  }

  /** Wants the update to be taken back. */
  void abort() {
    command(Action.ABORT);
  }

  private void changeRouter() {
    if (ground.chaos().oneIn(3)) {
      edit("router", m -> m.withRouted(!m.routed()));
    }
  }

  // Kubernetes knows whole seconds.
  private Instant restartAt(Instant before) {
    Instant now = ground.now().truncatedTo(ChronoUnit.SECONDS);
    return switch (ground.chaos().below(4)) {
      case 0 -> before == null ? now : null;
      case 1 -> now.plusSeconds(ground.chaos().between(1, 60));
      default -> now;
    };
  }

  private String newImage() {
    String image = image("v" + ++versions);
    images.add(image);
    return image;
  }

  private Optional<String> stableImage() {
    return store
        .committed()
        .flatMap(c ->
            images.stream()
                .filter(i -> Manifest.podHash(i).equals(c.rollout().stableHash()))
                .findFirst());
  }

  private int replicas() {
    return ground.chaos().oneIn(6) ? 0 : ground.chaos().between(1, 9);
  }

  private void edit(String what, UnaryOperator<Manifest> change) {
    RolloutObject there = cluster.rollout().orElseThrow();
    Manifest wanted = change.apply(there.manifest());
    if (!wanted.equals(there.manifest())) {
      ground.trace().line("user", () -> what + ": " + wanted);
      cluster.put(SimulatedCluster.ROLLOUT, there.with(wanted));
    }
  }

  private void statusCommand(Status there) {
    boolean aborted = store.committed().filter(c -> c.rollout().isAborted()).isPresent();
    if (there.abort() && aborted) {
      patch(StatusCommands.ABORT, there.withAbort(false));
    } else if (!there.abort()) {
      patch(StatusCommands.ABORT, there.withAbort(true));
    }
  }

  // As the plugin does it: what it sends depends on what it sees.
  private void promote(Status there) {
    boolean inconclusive =
        there.pauses().stream().anyMatch(p -> p.startsWith(Reason.INCONCLUSIVE.text()));
    if (ground.chaos().oneIn(4)) {
      patch(StatusCommands.PROMOTE_FULL, there.withPromoteFull());
    } else if (inconclusive && ground.chaos().oneIn(2)) {
      patch(StatusCommands.STEP, there.withoutPauses().atStep(there.step() + 1));
    } else if (!there.pauses().isEmpty()) {
      patch(StatusCommands.PAUSES, there.withoutPauses());
    } else if (there.step() >= 0) {
      patch(StatusCommands.STEP, there.atStep(there.step() + 1));
    }
  }

  private void patch(String field, Status wanted) {
    RolloutObject there = cluster.rollout().orElseThrow();
    if (wanted.equals(there.status())) {
      return;
    }
    ground.trace().line("user", () -> "status: " + field + " " + wanted);
    Stored stored = cluster.put(SimulatedCluster.ROLLOUT, there.with(wanted));
    checks.observe(
        there.uid(),
        new Observation.CommandAcknowledged("status/" + field, Long.toString(stored.version())));
  }

  private void command(Action action) {
    String id = "c-" + ++commands;
    Argument argument = argument(action);
    ground
        .trace()
        .line("user", () -> "command " + id + " " + action + (argument == null ? "" : argument));
    send(new RolloutCommand(id, uid, action, "alice", ground.now(), argument));
  }

  // Mostly what makes sense.
  private Argument argument(Action action) {
    return switch (action) {
      case ABORT, RETRY, PROMOTE, PROMOTE_FULL, PAUSE, RESUME -> null;
      case UNDO -> ground.chaos().oneIn(2) ? null : new Argument.Revision(ground.chaos().below(8));
      case RESTART ->
          ground.chaos().oneIn(2)
              ? null
              : new Argument.Moment(ground.now().plusSeconds(ground.chaos().between(-60, 60)));
      case SET_IMAGE ->
          new Argument.Image(
              ground.chaos().oneOf(List.of(Manifest.CONTAINER, "*", "nobody")), newOrOldImage());
      case TERMINATE -> new Argument.Run(runToTerminate().orElse("nobody's"));
    };
  }

  private String newOrOldImage() {
    return ground.chaos().oneIn(2) ? newImage() : ground.chaos().oneOf(images);
  }

  private void send(RolloutCommand message) {
    String id = message.id();
    kafka.send(
        tools,
        new SimulatedKafka.Sending(Topics.ROLLOUT_COMMANDS, message.key(), id, message),
        known -> {
          if (!known) {
            send(message);
          } else if (store.isAbout(message.uid())
              && store.committed().filter(c -> c.rollout().epoch() > 0).isPresent()) {
            checks.observe(
                message.uid(), new Observation.CommandAcknowledged(Topics.ROLLOUT_COMMANDS, id));
          }
        });
  }

  private void push() {
    String digest = "d" + ground.chaos().below(4);
    Instant at = ground.now().minus(Duration.ofSeconds(ground.chaos().below(90)));
    String image = Manifest.REPOSITORY + "@sha256:" + digest;
    if (!images.contains(image)) {
      images.add(image);
    }
    String id = "p-" + ++pushes;
    ground.trace().line("user", () -> "push " + id + " " + digest + " of " + at);
    ImagePushed message =
        new ImagePushed(
            id, "registry", Manifest.REPOSITORY, Manifest.TAG, digest(digest), at, at, "ci");
    SimulatedKafka.Sending sending =
        new SimulatedKafka.Sending(Topics.REGISTRY_PUSHES, message.key(), id, message);
    kafka.send(tools, sending, _ -> {});
    if (ground.chaos().oneIn(3)) {
      kafka.send(tools, sending, _ -> {});
    }
  }

  private static String digest(String name) {
    return "sha256:" + name;
  }

  /** Which run somebody ends by hand: mostly the current one, or one that is long over. */
  Optional<String> runToTerminate() {
    List<String> runs = store.runs();
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(ground.chaos().oneIn(2) ? runs.getLast() : ground.chaos().oneOf(runs));
  }
}
