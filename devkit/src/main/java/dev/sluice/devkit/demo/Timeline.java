package dev.sluice.devkit.demo;

import dev.sluice.devkit.edge.LoadGenerator;
import dev.sluice.events.MeasurementTaken;
import dev.sluice.events.Message;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.TrafficApplied;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells a person, line by line, what the services say to each other. */
final class Timeline {

  private final PrintStream out;
  private final Instant start;
  private final Split split;

  Timeline(PrintStream out, Instant start, LoadGenerator load) {
    this.out = out;
    this.start = start;
    split = new Split(load);
  }

  /** The weights that were in force, with what was really served. */
  Split split() {
    return split;
  }

  /** One message; those that tell a person nothing print nothing. */
  synchronized void hear(Message message) {
    switch (message) {
      case RolloutEvent event -> tell(event);
      case TrafficApplied applied -> split.hear(applied);
      case MeasurementTaken taken -> measured(taken);
      default -> {}
    }
  }

  void say(String text) {
    line(Instant.now(), text);
  }

  private void tell(RolloutEvent event) {
    switch (event.fact()) {
      case RolloutFact.ImagePushAccepted(_, String image, _) -> line(event, "push    " + image);
      case RolloutFact.RevisionStarted started ->
          line(event, "update  revision %d (%s)".formatted(started.revision(), started.podHash()));
      case RolloutFact.WeightDesired desired -> {
        split.end(event.at()).ifPresent(served -> line(event, "served  " + served));
        split.want(desired.weight(), desired.canaryPodHash(), desired.stablePodHash());
        line(event, "weight  " + desired.weight() + " asked");
      }
      case RolloutFact.WeightApplied applied -> line(event, "weight  " + applied.weight() + " set");
      case RolloutFact.StepCompleted done ->
          line(
              event,
              "step    %d/%d done: %s".formatted(done.step(), done.of(), done.description()));
      case RolloutFact.StepsSkipped(String reason) -> line(event, "steps   skipped: " + reason);
      case RolloutFact.PauseStarted(String reason, Instant until) ->
          line(event, "pause   " + reason + (until == null ? "" : ", until " + since(until)));
      case RolloutFact.AnalysisStarted started ->
          line(event, "gate    " + name(started.run()) + " asks " + started.metrics());
      case RolloutFact.AnalysisPhaseChanged changed ->
          line(
              event,
              "gate    %s is %s %s"
                  .formatted(name(changed.run()), changed.to().text(), changed.message()));
      case RolloutFact.ReplicaSetScaled scaled ->
          line(
              event,
              "pods    %s from %d to %d"
                  .formatted(scaled.replicaSet(), scaled.from(), scaled.to()));
      case RolloutFact.ServiceSwitched switched ->
          line(event, "service " + switched.service() + " selects " + switched.to());
      case RolloutFact.RolloutAborted(_, String reason) -> line(event, "ABORT   " + reason);
      case RolloutFact.RolloutCompleted completed ->
          line(
              event, "DONE    revision %d: %s".formatted(completed.revision(), completed.reason()));
      case RolloutFact.RouteSettled _ -> line(event, "HEALTHY the route was read back");
      case RolloutFact.SpecificationRejected(String why) -> line(event, "INVALID " + why);
      case RolloutFact.ReplicaSetRefused(String name, _, String why) ->
          line(event, "REFUSED %s: %s".formatted(name, why));
      case RolloutFact.TrafficRoutingFailed(String why) -> line(event, "ROUTE   " + why);
      case RolloutFact.RolloutQuarantined(String why) -> line(event, "FROZEN  " + why);
      default -> {}
    }
  }

  private void measured(MeasurementTaken taken) {
    line(
        taken.measurement().finishedAt(),
        "  %s #%d %s %s%s"
            .formatted(
                taken.metric(),
                taken.measurement().tick(),
                taken.measurement().phase().text(),
                taken.measurement().value(),
                taken.measurement().message().isEmpty()
                    ? ""
                    : " (" + taken.measurement().message() + ")"));
  }

  private void line(RolloutEvent event, String text) {
    line(event.at(), text);
  }

  private void line(Instant at, String text) {
    out.printf(Locale.ROOT, "%8s  %s%n", since(at), text);
  }

  private String since(Instant at) {
    return String.format(Locale.ROOT, "%.1f s", Duration.between(start, at).toMillis() / 1_000.0);
  }

  private static String name(String run) {
    return run.substring(run.indexOf('/') + 1);
  }
}
