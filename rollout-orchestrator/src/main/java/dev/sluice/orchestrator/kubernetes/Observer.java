package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Cluster;
import dev.sluice.orchestrator.Identity;
import dev.sluice.orchestrator.Intake;
import dev.sluice.orchestrator.Rollouts;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.StatusView;
import dev.sluice.orchestrator.UndecidableInput;
import dev.sluice.orchestrator.kubernetes.command.CommandFields;
import dev.sluice.orchestrator.kubernetes.specification.Rules;
import dev.sluice.orchestrator.kubernetes.specification.ServiceNames;
import dev.sluice.orchestrator.kubernetes.specification.SpecificationReader;
import io.fabric8.kubernetes.api.model.Service;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Turns what is there into signals: first the facts of the cluster, then the commands, which were
 * given to the revision that their authors saw, then the specification. What is known is no news.
 */
final class Observer {

  private static final Logger LOG = Logger.getLogger(Observer.class);
  private static final String SOURCE = "kubernetes";

  private final ClusterObjects objects;
  private final CommandReader commands;
  private final ExperimentObjects experiments;
  private final Rules rules;
  private final Intake intake;
  private final Rollouts rollouts;
  private final InstantSource clock;

  Observer(
      ClusterObjects objects,
      CommandReader commands,
      ExperimentObjects experiments,
      Rules rules,
      Intake intake,
      Rollouts rollouts,
      InstantSource clock) {
    this.objects = objects;
    this.commands = commands;
    this.experiments = experiments;
    this.rules = rules;
    this.intake = intake;
    this.rollouts = rollouts;
    this.clock = clock;
  }

  /** Gives all news about a Rollout; afterwards its commands are read out of the object. */
  void observe(Rollout manifest, StatusMemory memory) throws Exception {
    String uid = manifest.getMetadata().getUid();
    Optional<Rollouts.Committed> before = rollouts.find(uid);
    Signal specification = SpecificationReader.read(manifest, references(manifest), rules);
    Cluster cluster =
        cluster(manifest, before.map(Rollouts.Committed::rollout).orElse(null), specification);
    if (before.isEmpty() || !before.get().rollout().cluster().equals(cluster)) {
      take(manifest, null, null, new Signal.ClusterObserved(cluster));
    }
    boolean isNew = before.isEmpty() || before.get().rollout().revision() == null;
    if (isNew) {
      // A command needs a revision that it can be about.
      observeSpecification(manifest, specification);
      observeCommands(manifest, memory);
    } else {
      observeCommands(manifest, memory);
      observeSpecification(manifest, specification);
    }
  }

  /** Something about a Rollout that no object of its own shows. */
  void observed(Rollout manifest, Signal signal) throws Exception {
    take(manifest, null, null, signal);
  }

  /** The Rollout of this uid is not there any more. */
  void gone(Identity identity) throws Exception {
    give(identity, "gone", null, new Signal.RolloutGone());
  }

  private void observeSpecification(Rollout manifest, Signal signal) throws Exception {
    Optional<dev.sluice.orchestrator.Rollout> known =
        rollouts.find(manifest.getMetadata().getUid()).map(Rollouts.Committed::rollout);
    boolean isNews =
        switch (signal) {
          case Signal.SpecificationObserved(var specification) ->
              known.isEmpty()
                  || !known.get().problem().isEmpty()
                  || !specification.equals(known.get().specification());
          case Signal.SpecificationUnusable(long generation, String message) ->
              known.isEmpty()
                  || known.get().observedGeneration() != generation
                  || !known.get().problem().equals(message);
          default -> true;
        };
    if (isNews) {
      take(manifest, null, null, signal);
    }
  }

  private void observeCommands(Rollout manifest, StatusMemory memory) throws Exception {
    Optional<Rollouts.Committed> committed = rollouts.find(manifest.getMetadata().getUid());
    if (committed.isEmpty() || committed.get().rollout().revision() == null) {
      return;
    }
    Subject subject = new Subject(rollouts, references(manifest), manifest, committed.get());
    List<CommandReader.Given> given = commands.read(subject, memory, clock.instant());
    for (CommandReader.Given each : given) {
      LOG.infof("%s: %s by %s", subject.key(), each.command().text(), each.actor());
      take(
          manifest, each.id(), each.actor(), new Signal.CommandReceived(each.id(), each.command()));
    }
    if (!given.isEmpty()) {
      memory.read(CommandFields.of(StatusWriter.status(manifest)));
    }
  }

  // A manifest that cannot be used takes no Service away from the specification in force.
  private Cluster cluster(
      Rollout manifest, dev.sluice.orchestrator.Rollout before, Signal specification) {
    boolean inForce =
        specification instanceof Signal.SpecificationUnusable && before != null && before.isKnown();
    boolean swapped = areSwapped(manifest, before);
    ServiceNames names =
        inForce
            ? new ServiceNames(before.canaryService(), before.stableService())
            : ServiceNames.of(manifest.getSpec()).swapped(swapped);
    return ClusterReader.read(
        manifest,
        before,
        dependents(manifest.getMetadata().getUid()),
        experiments.seen(before),
        new ClusterReader.Services(
            service(manifest, names.canary()), service(manifest, names.stable()), swapped));
  }

  private ClusterReader.Dependents dependents(String uid) {
    return new ClusterReader.Dependents(
        objects.replicaSets.byIndex(ClusterObjects.BY_OWNER, uid),
        objects.runs.byIndex(ClusterObjects.BY_OWNER, uid),
        experiments.of(uid));
  }

  // Which Service has which part is decided here, but for what another controller has left.
  private static boolean areSwapped(Rollout manifest, dev.sluice.orchestrator.Rollout before) {
    if (before != null && before.revision() != null) {
      return before.swapped();
    }
    return manifest.getStatus() != null
        && manifest.getStatus().canary != null
        && StatusView.PONG.equals(manifest.getStatus().canary.stablePingPong);
  }

  private Optional<Service> service(Rollout manifest, String name) {
    return objects.services.find(new RolloutKey(manifest.getMetadata().getNamespace(), name));
  }

  private NamedObjects references(Rollout manifest) {
    return new NamedObjects(objects, manifest.getMetadata().getNamespace());
  }

  private void take(Rollout manifest, String id, String actor, Signal signal) throws Exception {
    give(
        new Identity(
            manifest.getMetadata().getUid(),
            manifest.getMetadata().getNamespace(),
            manifest.getMetadata().getName()),
        id,
        actor,
        signal);
  }

  private void give(Identity identity, String id, String actor, Signal signal) throws Exception {
    try {
      Waiting.on(intake.take(new Intake.Input(identity, SOURCE, id, actor, signal)));
    } catch (UndecidableInput quarantined) {
      // The Rollout is frozen by now, and its levels still hold.
      LOG.errorf("%s: %s", identity, quarantined.getMessage());
    }
  }
}
