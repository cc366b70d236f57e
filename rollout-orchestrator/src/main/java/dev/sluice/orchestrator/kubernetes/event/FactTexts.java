package dev.sluice.orchestrator.kubernetes.event;

import static dev.sluice.orchestrator.kubernetes.event.Told.detail;
import static dev.sluice.orchestrator.kubernetes.event.Told.normal;
import static dev.sluice.orchestrator.kubernetes.event.Told.warning;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.PluginOperation;
import dev.sluice.events.PluginPhase;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.TrafficApplied.RouteObject;
import dev.sluice.orchestrator.Conditions;
import dev.sluice.orchestrator.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reasons and messages, fact by fact. What Argo Rollouts knows is told in its words; facts that are
 * only ours are told where somebody has to know of them.
 */
final class FactTexts {

  private static final String ABORTED = "RolloutAborted";

  // The fact's own words: an abort ends a pause without the Rollout being resumed.
  private static final String ENDED_BY_ABORT = "the update was aborted";
  private static final String ENDED_BY_TIME = "its time is over";

  private FactTexts() {}

  static List<Told> of(RolloutEvent entry, boolean updating, Set<String> setAside) {
    return switch (entry.fact()) {
      case RolloutFact.RolloutAdopted _ ->
          one("RolloutAddedToInformer", "Rollout resource added to informer: %s/%s", entry);
      case RolloutFact.RolloutDeleted _ ->
          List.of(
              normal(
                  "RolloutDeleted",
                  "Rollout %s/%s is deleted.".formatted(entry.name(), entry.namespace())));
      // What another controller began it has told.
      case RolloutFact.RevisionStarted started when started.cause().equals(Revision.TAKEN_OVER) ->
          List.of();
      case RolloutFact.RevisionStarted started -> revision(started, updating);
      case RolloutFact.ReplicaSetCreated(String name, int revision) ->
          List.of(
              normal(
                  "NewReplicaSetCreated",
                  "Created ReplicaSet %s (revision %d)".formatted(name, revision)));
      case RolloutFact.ReplicaSetRefused(String name, _, String message) ->
          List.of(warning("ReplicaSetCreateError", Conditions.refusalText(name, message)));
      case RolloutFact.ReplicaSetScaled(String name, int revision, int from, int to) ->
          List.of(
              detail(
                  "ScalingReplicaSet",
                  "Scaled %s ReplicaSet %s (revision %d) from %d to %d"
                      .formatted(to > from ? "up" : "down", name, revision, from, to)));
      case RolloutFact.ServiceSwitched(String service, String from, String to) ->
          List.of(
              detail(
                  "SwitchService",
                  "Switched selector for service '%s' from '%s' to '%s'"
                      .formatted(service, from, to)));
      case RolloutFact.StepCompleted(int step, int of, String description) ->
          List.of(
              normal(
                  "RolloutStepCompleted",
                  "Rollout step %d/%d completed (%s)".formatted(step, of, description)));
      case RolloutFact.StepsSkipped(String reason) -> List.of(normal("SkipSteps", reason));
      case RolloutFact.PauseStarted(String reason, Instant until) ->
          List.of(
              new Told(
                  until == null ? Told.Kind.NORMAL : Told.Kind.DETAIL,
                  "RolloutPaused",
                  "Rollout is paused (" + reason + ")"));
      case RolloutFact.PauseEnded(_, String how) -> resumed(how);
      case RolloutFact.WeightApplied applied -> weight(applied);
      case RolloutFact.TrafficRoutingFailed(String message) ->
          List.of(warning("TrafficRoutingError", message));
      case RolloutFact.AnalysisPhaseChanged changed -> analysis(changed, setAside);
      case RolloutFact.StepPluginAnswered answered -> plugin(answered);
      case RolloutFact.ExperimentStarted started ->
          List.of(normal("ExperimentCreated", "Created Experiment '" + started.experiment() + "'"));
      case RolloutFact.ExperimentOverdue(_, String message) ->
          List.of(warning("ExperimentOverdue", message));
      case RolloutFact.RolloutAborted(int revision, String reason) -> aborted(revision, reason);
      case RolloutFact.RolloutCompleted(int revision, String podHash, String reason) ->
          List.of(
              normal(
                  "RolloutCompleted",
                  "Rollout completed update to revision %d (%s): %s"
                      .formatted(revision, podHash, reason)));
      case RolloutFact.CapacityDeadlineExceeded(String message) ->
          List.of(warning("CapacityDeadlineExceeded", message));
      case RolloutFact.CommandRejected(_, String command, String why) ->
          List.of(warning("CommandRejected", "Cannot " + command + ": " + why));
      case RolloutFact.SpecificationChangeDropped(_, String change, String why) ->
          List.of(warning("CommandDropped", "Cannot " + change + " any more: " + why));
      case RolloutFact.ImagePushAccepted(_, String image, String previous) ->
          List.of(normal("ImagePushAccepted", "Image %s replaces %s".formatted(image, previous)));
      case RolloutFact.ImagePushIgnored(_, String image, String why) ->
          List.of(normal("ImagePushIgnored", "Image %s is ignored: %s".formatted(image, why)));
      case RolloutFact.RolloutQuarantined(String why) ->
          List.of(warning("RolloutQuarantined", why));
      case RolloutFact.SpecificationRejected _,
          RolloutFact.SpecificationRestored _,
          RolloutFact.StepsChanged _,
          RolloutFact.WorkloadScaled _,
          RolloutFact.ScaleDownDelayed _,
          RolloutFact.WeightDesired _,
          RolloutFact.WeightSuperseded _,
          RolloutFact.RouteSettled _,
          RolloutFact.AnalysisStarted _,
          RolloutFact.AnalysisTerminated _,
          RolloutFact.ExperimentPhaseChanged _,
          RolloutFact.ExperimentTerminated _,
          RolloutFact.StepPluginCalled _,
          RolloutFact.StepPluginSkipped _,
          RolloutFact.ManagedRoutesDesired _,
          RolloutFact.RolloutRetried _,
          RolloutFact.RestartStarted _,
          RolloutFact.PodsRestarted _,
          RolloutFact.FullPromotionRequested _,
          RolloutFact.ProgressDeadlineExceeded _,
          RolloutFact.CommandAccepted _,
          RolloutFact.CommandSuperseded _,
          RolloutFact.SpecificationChanged _,
          RolloutFact.EpochRaised _ ->
          List.of();
    };
  }

  private static List<Told> one(String reason, String message, RolloutEvent entry) {
    return List.of(normal(reason, message.formatted(entry.namespace(), entry.name())));
  }

  private static List<Told> revision(RolloutFact.RevisionStarted started, boolean updating) {
    List<Told> told = new ArrayList<>();
    told.add(normal("RolloutUpdated", "Rollout updated to revision " + started.revision()));
    if (!updating && !started.podHash().equals(started.stablePodHash())) {
      told.add(
          normal(
              "RolloutNotCompleted",
              "Rollout not completed, started update to revision %d (%s)"
                  .formatted(started.revision(), started.podHash())));
    }
    return told;
  }

  private static List<Told> resumed(String how) {
    Told.Kind kind = how.equals(ENDED_BY_TIME) ? Told.Kind.DETAIL : Told.Kind.NORMAL;
    return how.equals(ENDED_BY_ABORT)
        ? List.of()
        : List.of(new Told(kind, "RolloutResumed", "Rollout is resumed"));
  }

  private static List<Told> weight(RolloutFact.WeightApplied applied) {
    List<Told> told = new ArrayList<>();
    boolean moved = applied.weight() != applied.previousWeight();
    for (RouteObject object : applied.objects()) {
      if (object.created()) {
        told.add(
            detail(
                "CreatingCanaryIngress",
                "Creating canary ingress `%s` with weight `%d`"
                    .formatted(object.name(), object.weight())));
      } else if (object.changed() && moved) {
        told.add(
            detail(
                "PatchingCanaryIngress",
                "Updating Ingress `%s` to desiredWeight '%d'"
                    .formatted(object.name(), object.weight())));
      }
    }
    told.add(detail("TrafficWeightUpdated", "Traffic weight updated " + split(applied)));
    return told;
  }

  // Nothing after the blank where only the pods behind the weight are others: as Argo Rollouts.
  private static String split(RolloutFact.WeightApplied applied) {
    if (applied.previousWeight() < 0) {
      return "to " + applied.weight();
    }
    return applied.weight() == applied.previousWeight()
        ? ""
        : "from " + applied.previousWeight() + " to " + applied.weight();
  }

  private static List<Told> analysis(
      RolloutFact.AnalysisPhaseChanged changed, Set<String> setAside) {
    if (setAside.contains(changed.run())) {
      return List.of();
    }
    return List.of(
        new Told(
            kind(changed.to()),
            "AnalysisRun" + changed.to().text(),
            "%s Analysis Run '%s' Status New: '%s' Previous: '%s'"
                .formatted(
                    changed.role().text(),
                    changed.run().substring(changed.run().indexOf('/') + 1),
                    changed.to().text(),
                    changed.from() == null ? "" : changed.from().text())));
  }

  // The verdict is told as well.
  private static Told.Kind kind(AnalysisPhase phase) {
    return switch (phase) {
      case PENDING, RUNNING -> Told.Kind.DETAIL;
      case SUCCESSFUL, INCONCLUSIVE -> Told.Kind.NORMAL;
      case FAILED, ERROR -> Told.Kind.WARNING;
    };
  }

  // That the plugin's part is done is told with its step.
  private static List<Told> plugin(RolloutFact.StepPluginAnswered answered) {
    boolean done =
        answered.operation() == PluginOperation.RUN && answered.to() == PluginPhase.SUCCESSFUL;
    if (done || answered.from() == answered.to()) {
      return List.of();
    }
    Told.Kind kind =
        switch (answered.to()) {
          case RUNNING -> Told.Kind.DETAIL;
          case SUCCESSFUL -> Told.Kind.NORMAL;
          case FAILED, ERROR -> Told.Kind.WARNING;
        };
    return List.of(
        new Told(
            kind,
            "StepPluginTransition",
            "Step Plugin %d (%s): %s is %s%s"
                .formatted(
                    answered.step() + 1,
                    answered.plugin(),
                    answered.operation().text(),
                    answered.to().text(),
                    answered.message().isEmpty() ? "" : ": " + answered.message())));
  }

  // Argo Rollouts tells of a timeout twice, in its own words first: somebody may wait for either.
  private static List<Told> aborted(int revision, String reason) {
    List<Told> told = new ArrayList<>();
    if (Conditions.isTimeout(reason)) {
      told.add(warning(ABORTED, reason));
    }
    String why = reason.isEmpty() ? "" : ": " + reason;
    told.add(warning(ABORTED, "Rollout aborted update to revision " + revision + why));
    return told;
  }
}
