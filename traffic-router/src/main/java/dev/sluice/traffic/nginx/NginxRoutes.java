package dev.sluice.traffic.nginx;

import dev.sluice.events.Fence;
import dev.sluice.events.TrafficApplied.RouteObject;
import dev.sluice.events.TrafficDesired;
import dev.sluice.events.TrafficDesired.Router.Nginx;
import dev.sluice.traffic.Attempt;
import dev.sluice.traffic.CanaryIngress;
import dev.sluice.traffic.DesiredLog;
import dev.sluice.traffic.IngressPlan;
import dev.sluice.traffic.IngressPlan.Observed;
import dev.sluice.traffic.IngressPlan.Step;
import dev.sluice.traffic.IngressView;
import dev.sluice.traffic.NginxRoute;
import dev.sluice.traffic.Routes;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applies a split in rounds of read, plan, write, until a read shows that nothing is left to do.
 * Both the conflict of a write and the read-back are just the next round. The first round may be
 * about what the watch has shown; that it is done is never believed of that.
 */
@Singleton
class NginxRoutes implements Routes {

  private static final int ROUNDS = 10;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private final KubernetesClient client;
  private final DesiredLog log;
  private final KnownIngresses known;

  NginxRoutes(KubernetesClient client, DesiredLog log, KnownIngresses known) {
    this.client = client;
    this.log = log;
    this.known = known;
  }

  @Override
  public Attempt apply(TrafficDesired split) throws InterruptedException {
    return switch (split.router()) {
      case Nginx nginx -> {
        try {
          yield apply(split, nginx);
        } catch (KubernetesClientException e) {
          yield new Attempt.Failed(explain(e));
        }
      }
    };
  }

  private Attempt apply(TrafficDesired split, Nginx nginx) throws InterruptedException {
    Written written = new Written();
    List<Observed> observed = early(split, nginx, written);
    for (int round = 0; round < ROUNDS; round++) {
      observed =
          observed.isEmpty()
              ? nginx.stableIngresses().stream().map(stable -> read(split, stable)).toList()
              : observed.stream().map(before -> readBack(split, before)).toList();
      IngressPlan plan = IngressPlan.of(split, nginx, observed, false);
      if (plan instanceof IngressPlan.WaitForEnd) {
        // The order matters: the log's end is looked up after the object was read.
        Optional<Fence> newest = log.newestAtEnd(split.uid());
        if (newest.isPresent() && !newest.get().equals(split.fence())) {
          return new Attempt.Overtaken();
        }
        plan = IngressPlan.of(split, nginx, observed, newest.isPresent());
      }
      switch (plan) {
        case IngressPlan.Superseded(Fence found) -> {
          return new Attempt.Superseded(found);
        }
        case IngressPlan.Impossible(String message) -> {
          return new Attempt.Failed(message);
        }
        case IngressPlan.WaitForEnd _ -> {
          return new Attempt.Failed(
              "a route object has no fence of ours, and traffic.desired cannot be read to its end");
        }
        case IngressPlan.Steps steps -> {
          written.before(nginx, observed.getFirst());
          if (steps.isDone()) {
            return written.applied(nginx, observed);
          }
          written.foreign |= steps.foreign();
          if (!write(split, steps.steps(), written)) {
            observed = List.of();
          }
        }
      }
    }
    return new Attempt.Failed(
        "the ingresses of %s change faster than they can be read back".formatted(split.name()));
  }

  // Without asking for anything: what is to be read back, or nothing where nothing was written.
  private List<Observed> early(TrafficDesired split, Nginx nginx, Written written) {
    List<Observed> seen =
        nginx.stableIngresses().stream()
            .map(stable ->
                new Observed(
                    stable,
                    known(split, stable),
                    known(split, CanaryIngress.nameOf(split.name(), stable))))
            .toList();
    if (!(IngressPlan.of(split, nginx, seen, false) instanceof IngressPlan.Steps steps)
        || !steps.provesItsSight()) {
      return List.of();
    }
    if (!write(split, steps.steps(), written)) {
      return List.of();
    }
    written.foreign = steps.foreign();
    written.before(nginx, seen.getFirst());
    return seen;
  }

  private Optional<IngressView> known(TrafficDesired split, String name) {
    return known.find(split.namespace(), name).map(IngressMapping::view);
  }

  private Observed read(TrafficDesired split, String stableName) {
    return new Observed(stableName, ingress(split, stableName), canary(split, stableName));
  }

  // A stable Ingress that changes meanwhile is a new occasion: the watch tells of it.
  private Observed readBack(TrafficDesired split, Observed before) {
    return new Observed(before.stableName(), before.stable(), canary(split, before.stableName()));
  }

  private Optional<IngressView> canary(TrafficDesired split, String stableName) {
    return ingress(split, CanaryIngress.nameOf(split.name(), stableName));
  }

  /** One after the other; false where an object is not any more what was seen of it. */
  private boolean write(TrafficDesired split, List<Step> steps, Written written) {
    for (Step step : steps) {
      try {
        switch (step) {
          case Step.Create(var canary) -> {
            client.resource(IngressMapping.canary(split, canary)).create();
            written.created.add(canary.name());
          }
          case Step.Patch patch -> {
            String json = IngressPatch.of(patch, client.getKubernetesSerialization()).toString();
            client
                .resource(nameOnly(split, patch.seen().name()))
                .patch(PatchContext.of(PatchType.JSON_MERGE), json);
            written.changed.add(patch.seen().name());
          }
          case Step.Keep _ -> {}
        }
      } catch (KubernetesClientException e) {
        boolean gone = e.getCode() == NOT_FOUND && step instanceof Step.Patch;
        if (e.getCode() != CONFLICT && !gone) {
          throw e;
        }
        return false;
      }
    }
    return true;
  }

  private Optional<IngressView> ingress(TrafficDesired split, String name) {
    return Optional.ofNullable(
            client.network().v1().ingresses().inNamespace(split.namespace()).withName(name).get())
        .map(IngressMapping::view);
  }

  // By name alone, fabric8 would read the object before it patches it.
  private static Ingress nameOnly(TrafficDesired split, String name) {
    return new IngressBuilder()
        .withNewMetadata()
        .withNamespace(split.namespace())
        .withName(name)
        .endMetadata()
        .build();
  }

  private static String explain(KubernetesClientException e) {
    return e.getStatus() != null && e.getStatus().getMessage() != null
        ? e.getStatus().getMessage()
        : "the API server did not answer: " + e.getMessage();
  }

  /** What this attempt did so far. */
  private static final class Written {

    private final Set<String> created = new HashSet<>();
    private final Set<String> changed = new HashSet<>();
    private boolean foreign;
    private Integer previousWeight;

    // Only the first sight is that of before.
    void before(Nginx nginx, Observed first) {
      if (previousWeight == null) {
        previousWeight = first.canary().map(canary -> NginxRoute.weight(nginx, canary)).orElse(-1);
      }
    }

    Attempt applied(Nginx nginx, List<Observed> observed) {
      List<RouteObject> objects =
          observed.stream().map(one -> object(nginx, one.canary().orElseThrow())).toList();
      Map<String, String> versions = new HashMap<>();
      for (Observed one : observed) {
        one.stable().ifPresent(stable -> versions.put(stable.name(), stable.resourceVersion()));
        one.canary().ifPresent(canary -> versions.put(canary.name(), canary.resourceVersion()));
      }
      return new Attempt.Applied(
          objects.getFirst().weight(), previousWeight, objects, versions, foreign);
    }

    private RouteObject object(Nginx nginx, IngressView canary) {
      return new RouteObject(
          "Ingress",
          canary.name(),
          canary.resourceVersion(),
          NginxRoute.weight(nginx, canary),
          created.contains(canary.name()),
          changed.contains(canary.name()) && !created.contains(canary.name()));
    }
  }
}
