package dev.sluice.orchestrator.kubernetes;

import dev.sluice.crd.AnalysisRun;
import dev.sluice.crd.Rollout;
import dev.sluice.orchestrator.Command;
import dev.sluice.orchestrator.Rollouts;
import dev.sluice.orchestrator.Run;
import dev.sluice.orchestrator.StepExperiment;
import dev.sluice.orchestrator.kubernetes.command.Actors;
import dev.sluice.orchestrator.kubernetes.command.CommandFields;
import dev.sluice.orchestrator.kubernetes.command.ForeignChanges;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Commands that people and tools gave by changing or deleting objects. */
final class CommandReader {

  private static final int ID_LENGTH = 32;

  private final ClusterObjects objects;
  private final Rollouts rollouts;
  private final ExperimentObjects experiments;
  private final Map<RolloutKey, AnalysisRun> deletedRuns = new ConcurrentHashMap<>();

  CommandReader(ClusterObjects objects, Rollouts rollouts, ExperimentObjects experiments) {
    this.objects = objects;
    this.rollouts = rollouts;
    this.experiments = experiments;
  }

  /**
   * A command with what the log says of it.
   *
   * @param id the same for the same change, however often it is read
   * @param actor the tool that made the change
   */
  record Given(String id, String actor, Command command) {}

  /** Somebody, or we, deleted a run. It matters if it is waited for. */
  void deleted(AnalysisRun run) {
    boolean isAwaited =
        rollouts.find(ClusterObjects.owner(run)).stream()
            .flatMap(committed -> committed.rollout().runs().values().stream())
            .anyMatch(current -> current.name().equals(run.getMetadata().getName()));
    if (isAwaited) {
      deletedRuns.put(RolloutKey.of(run), run);
    }
  }

  /** What is asked for by the object's status, by its runs and by its experiment. */
  List<Given> read(Subject subject, StatusMemory memory, Instant now) {
    Rollout manifest = subject.manifest();
    ObjectMeta metadata = manifest.getMetadata();
    List<Given> given = new ArrayList<>();
    for (ForeignChanges.Change change :
        ForeignChanges.commands(
            memory.ours(),
            CommandFields.of(StatusWriter.status(manifest)),
            StatusWriter.would(subject, now))) {
      given.add(
          new Given(
              id(metadata.getUid(), metadata.getResourceVersion(), change.field()),
              Actors.of(metadata, "status", change.field()),
              change.command()));
    }
    for (Run run : subject.state().runs().values()) {
      if (run.isLive()) {
        of(run, subject).ifPresent(given::add);
      }
    }
    StepExperiment experiment = subject.state().experiment();
    if (experiment != null && experiment.isLive()) {
      of(experiment, subject).ifPresent(given::add);
    }
    return given;
  }

  private Optional<Given> of(StepExperiment experiment, Subject subject) {
    Command command = new Command.TerminateRun(experiment.name());
    if (experiments.isDeleted(subject.state(), experiment)) {
      return Optional.of(
          new Given(id(subject.uid(), experiment.name(), "deleted"), "unknown", command));
    }
    return experiments
        .find(subject.state(), experiment)
        .filter(ExperimentObjects::isMarked)
        .map(found ->
            new Given(
                id(found.getMetadata().getUid(), "", "terminate"),
                Actors.of(found.getMetadata(), "spec", "terminate"),
                command));
  }

  private Optional<Given> of(Run run, Subject subject) {
    RolloutKey key = new RolloutKey(subject.key().namespace(), run.name());
    Command command = new Command.TerminateRun(run.id());
    AnalysisRun deleted = deletedRuns.remove(key);
    if (deleted != null && ClusterObjects.owner(deleted).equals(subject.uid())) {
      return Optional.of(
          new Given(id(deleted.getMetadata().getUid(), "", "deleted"), "unknown", command));
    }
    return objects
        .runs
        .find(key)
        .filter(found -> ClusterObjects.owner(found).equals(subject.uid()))
        .filter(RunWriter::isMarked)
        .map(found ->
            new Given(
                id(found.getMetadata().getUid(), "", "terminate"),
                Actors.of(found.getMetadata(), "spec", "terminate"),
                command));
  }

  static String id(String uid, String resourceVersion, String field) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  (uid + "\n" + resourceVersion + "\n" + field).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
