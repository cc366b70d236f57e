package dev.sluice.traffic;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficDesired;
import dev.sluice.events.TrafficDesired.Router.Nginx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be done so that all canary Ingresses of a Rollout say what is wanted. The same plan
 * over objects that were read after the writes is the read-back: it has nothing left to do.
 */
public sealed interface IngressPlan {

  /**
   * Objects as they were read.
   *
   * @param stableName as the Rollout names it
   * @param stable empty where it does not exist
   * @param canary empty where it does not exist
   */
  record Observed(String stableName, Optional<IngressView> stable, Optional<IngressView> canary) {}

  /** In this order, each on the version that was seen. */
  record Steps(List<Step> steps) implements IngressPlan {

    /** Copies the list. */
    public Steps {
      steps = List.copyOf(steps);
    }

    /** Whether everything is as wanted. */
    public boolean isDone() {
      return steps.stream().allMatch(Step.Keep.class::isInstance);
    }

    /**
     * Whether every write names the version that was seen. Then it may be tried over an old sight:
     * the API server refuses it where that is not true any more.
     */
    public boolean provesItsSight() {
      return steps.stream().allMatch(Step.Patch.class::isInstance);
    }

    /** Whether somebody else changed what we had written. */
    public boolean foreign() {
      return steps.stream().anyMatch(step -> step instanceof Step.Patch patch && patch.foreign());
    }
  }

  /** A newer decision is on a route object: nothing is written. */
  record Superseded(Fence found) implements IngressPlan {}

  /** It cannot be done; the message says what is wrong and where. */
  record Impossible(String message) implements IngressPlan {}

  /**
   * An object carries no fence of ours: read the log of wanted splits to its end, then ask again.
   */
  record WaitForEnd() implements IngressPlan {}

  /** What is to be done with one canary Ingress. */
  sealed interface Step {

    /** Make it, controlled by the Rollout. */
    record Create(CanaryIngress wanted) implements Step {}

    /**
     * Change it.
     *
     * @param annotations to set
     * @param removed annotations to take away
     * @param spec to write; empty where it is right
     * @param foreign whether somebody else had changed what we wrote
     */
    record Patch(
        IngressView seen,
        Map<String, String> annotations,
        Set<String> removed,
        Optional<IngressView.Spec> spec,
        boolean foreign)
        implements Step {

      /** Copies the collections. */
      public Patch {
        annotations = Map.copyOf(annotations);
        removed = Set.copyOf(removed);
      }
    }

    /** It is right. */
    record Keep(IngressView seen) implements Step {}
  }

  /**
   * Plans over all objects at once: one with a newer fence stops everything before the first write.
   *
   * @param readToEnd as for {@link RouteDecision#decide}
   */
  static IngressPlan of(
      TrafficDesired wanted, Nginx nginx, List<Observed> observed, boolean readToEnd) {
    List<Step> steps = new ArrayList<>();
    IngressPlan hindrance = null;
    for (Observed one : observed) {
      switch (one(wanted, nginx, one, readToEnd)) {
        case Superseded superseded -> {
          return superseded;
        }
        case Steps(var more) -> steps.addAll(more);
        case Impossible impossible -> hindrance = first(hindrance, impossible);
        case WaitForEnd wait -> hindrance = first(hindrance, wait);
      }
    }
    return hindrance != null ? hindrance : new Steps(steps);
  }

  private static IngressPlan first(IngressPlan earlier, IngressPlan later) {
    return earlier != null ? earlier : later;
  }

  private static IngressPlan one(
      TrafficDesired wanted, Nginx nginx, Observed observed, boolean readToEnd) {
    if (observed.stable().isEmpty()) {
      return new Impossible(
          "ingress.networking.k8s.io \"%s\" not found".formatted(observed.stableName()));
    }
    Optional<CanaryIngress> rendered = CanaryIngress.of(wanted, nginx, observed.stable().get());
    if (rendered.isEmpty()) {
      return new Impossible(
          "ingress `%s` has no rules using service %s backend"
              .formatted(observed.stableName(), wanted.stable().service()));
    }
    CanaryIngress canary = rendered.get();
    Optional<IngressView> seen = observed.canary();
    Optional<RouteView> view = seen.map(s -> NginxRoute.view(nginx, canary, s));
    return switch (RouteDecision.decide(wanted, view, readToEnd)) {
      case RouteDecision.Create _ -> new Steps(List.of(new Step.Create(canary)));
      case RouteDecision.Write(boolean foreign) ->
          new Steps(List.of(NginxRoute.patch(nginx, canary, seen.orElseThrow(), foreign)));
      case RouteDecision.AlreadyApplied _ -> new Steps(List.of(new Step.Keep(seen.orElseThrow())));
      case RouteDecision.Superseded(Fence found) -> new Superseded(found);
      case RouteDecision.NotOurs(String message) -> new Impossible(message);
      case RouteDecision.WaitForEnd _ -> new WaitForEnd();
    };
  }
}
