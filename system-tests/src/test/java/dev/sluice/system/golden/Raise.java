package dev.sluice.system.golden;

import dev.sluice.events.AnalysisPhase;
import dev.sluice.events.RolloutEvent;
import dev.sluice.events.RolloutFact;
import dev.sluice.events.TrafficApplied;
import dev.sluice.events.TrafficDesired;
import dev.sluice.events.VerdictReached;
import dev.sluice.system.golden.TopicLog.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The moments of one raised weight, from the verdict that allowed it to the route.
 *
 * @param verdict the record on {@code analysis.verdicts}
 * @param accepted when the orchestrator took the verdict
 * @param wanted when it wanted the weight: the pods that carry it are there
 * @param desired the record on {@code traffic.desired}
 * @param patched when the API server received the router's patch
 * @param applied when the router had read it back
 */
record Raise(
    Instant verdict,
    Instant accepted,
    Instant wanted,
    Instant desired,
    Instant patched,
    Instant applied) {

  /** One for each verdict that let a weight rise. */
  static List<Raise> all(TopicLog log, List<ApiRequest> requests) {
    var raises = new ArrayList<Raise>();
    for (Line<VerdictReached> verdict : log.all(VerdictReached.class)) {
      if (verdict.message().phase() == AnalysisPhase.SUCCESSFUL) {
        of(verdict, log, requests).ifPresent(raises::add);
      }
    }
    return raises;
  }

  Duration waitForPods() {
    return Duration.between(accepted, wanted);
  }

  Duration total() {
    return Duration.between(verdict, patched);
  }

  private static Optional<Raise> of(
      Line<VerdictReached> verdict, TopicLog log, List<ApiRequest> requests) {
    String uid = verdict.message().uid();
    List<RolloutEvent> events =
        log.all(RolloutEvent.class).stream()
            .map(Line::message)
            .filter(event -> event.uid().equals(uid))
            .sorted(Comparator.comparingLong(RolloutEvent::seq))
            .toList();
    return events.stream()
        .filter(event -> isAccepted(event.fact(), verdict.message().run()))
        .findFirst()
        .flatMap(accepted ->
            events.stream()
                .filter(event -> event.seq() > accepted.seq())
                .filter(event -> event.fact() instanceof RolloutFact.WeightDesired)
                .findFirst()
                .flatMap(wanted -> of(verdict, accepted, wanted, log, requests)));
  }

  private static Optional<Raise> of(
      Line<VerdictReached> verdict,
      RolloutEvent accepted,
      RolloutEvent wanted,
      TopicLog log,
      List<ApiRequest> requests) {
    int weight = ((RolloutFact.WeightDesired) wanted.fact()).weight();
    Optional<Line<TrafficDesired>> desired =
        log.all(TrafficDesired.class).stream()
            .filter(line -> line.message().uid().equals(wanted.uid()))
            .filter(line -> line.message().fence().seq() >= wanted.seq())
            .filter(line -> line.message().weight() == weight)
            .min(Comparator.comparing(line -> line.message().fence()));
    return desired.flatMap(line ->
        applied(log, line.message())
            .flatMap(applied ->
                patched(requests, line.at(), applied)
                    .map(patched ->
                        new Raise(
                            verdict.at(),
                            accepted.at(),
                            wanted.at(),
                            line.at(),
                            patched,
                            applied.at()))));
  }

  private static boolean isAccepted(RolloutFact fact, String run) {
    return fact instanceof RolloutFact.AnalysisPhaseChanged changed
        && changed.to() == AnalysisPhase.SUCCESSFUL
        && (run.equals(changed.run()) || run.endsWith("/" + changed.run()));
  }

  private static Optional<TrafficApplied> applied(TopicLog log, TrafficDesired desired) {
    return log.all(TrafficApplied.class).stream()
        .map(Line::message)
        .filter(applied -> applied.uid().equals(desired.uid()))
        .filter(applied -> applied.fence().equals(desired.fence()))
        .filter(applied -> applied.outcome() instanceof TrafficApplied.Outcome.Applied)
        .min(Comparator.comparing(TrafficApplied::at));
  }

  private static Optional<Instant> patched(
      List<ApiRequest> requests, Instant from, TrafficApplied applied) {
    return requests.stream()
        .filter(request -> request.namespace().equals(applied.namespace()))
        .filter(request -> request.isWrite() && request.resource().equals("ingresses"))
        .filter(request -> isOf(request, applied))
        .map(ApiRequest::at)
        .filter(at -> !at.isBefore(from) && !at.isAfter(applied.at()))
        .max(Comparator.naturalOrder());
  }

  private static boolean isOf(ApiRequest request, TrafficApplied applied) {
    return applied.outcome() instanceof TrafficApplied.Outcome.Applied(_, _, var objects)
        && objects.stream().anyMatch(object -> object.name().equals(request.name()));
  }
}
