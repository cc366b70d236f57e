package dev.sluice.orchestrator.kubernetes.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sluice.crd.CanaryStrategy;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutSpec;
import dev.sluice.crd.RolloutValidation;
import dev.sluice.crd.StepsHash;
import dev.sluice.crd.TrafficRouting;
import dev.sluice.events.TrafficDesired;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.Specification.AbortDelay;
import dev.sluice.orchestrator.Specification.Splitting;
import dev.sluice.orchestrator.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a Rollout and what it names: a specification with all defaults, or what is wrong. */
public final class SpecificationReader {

  private static final int DELAY_SECONDS = 30;
  private static final int HISTORY_LIMIT = 10;
  private static final int PROGRESS_DEADLINE_SECONDS = 600;
  private static final String NGINX_PREFIX = "nginx.ingress.kubernetes.io";

  private SpecificationReader() {}

  /**
   * Reads a Rollout as it is stored.
   *
   * @param references the objects that exist beside it
   * @param rules of the installation
   */
  public static Signal read(Rollout rollout, References references, Rules rules) {
    long generation = rollout.getMetadata().getGeneration();
    try {
      Optional<String> wrong = RolloutValidation.validate(rollout);
      if (wrong.isPresent()) {
        throw InvalidManifest.of(wrong.get());
      }
      Refusals.check(rollout);
      ReferenceRules.checkServices(rollout, references);
      List<Step> steps =
          new StepReader(new AnalysisReader(rollout, references, rules), new PluginReader(rules))
              .read(rollout.getSpec().strategy.canary.steps);
      ReferenceRules.checkIngresses(rollout, references);
      String podHash =
          TemplateHash.of(rollout, references.replicaSets(rollout.getMetadata().getUid()));
      return new Signal.SpecificationObserved(specification(rollout, generation, podHash, steps));
    } catch (InvalidManifest invalid) {
      return new Signal.SpecificationUnusable(
          generation,
          RolloutValidation.message(rollout.getMetadata().getName(), invalid.getMessage()));
    }
  }

  private static Specification specification(
      Rollout rollout, long generation, String podHash, List<Step> steps) throws InvalidManifest {
    RolloutSpec spec = rollout.getSpec();
    CanaryStrategy canary = spec.strategy.canary;
    int replicas = or(spec.replicas, 1);
    boolean dynamic = Boolean.TRUE.equals(canary.dynamicStableScale);
    return new Specification(
        generation,
        replicas,
        podHash,
        StepsHash.of(stepsJson(spec)),
        SelectorText.of(spec.selector),
        containers(spec),
        steps,
        or(canary.canaryService, ""),
        or(canary.stableService, ""),
        splitting(canary, dynamic),
        PodBudget.of(canary, replicas),
        Duration.ofSeconds(dynamic ? 0 : or(canary.scaleDownDelaySeconds, DELAY_SECONDS)),
        abortDelay(canary.abortScaleDownDelaySeconds, dynamic),
        or(spec.revisionHistoryLimit, HISTORY_LIMIT),
        spec.rollbackWindow == null ? 0 : or(spec.rollbackWindow.revisions, 0),
        Duration.ofSeconds(or(spec.progressDeadlineSeconds, PROGRESS_DEADLINE_SECONDS)),
        Boolean.TRUE.equals(spec.progressDeadlineAbort),
        Boolean.TRUE.equals(spec.paused),
        restartAt(spec.restartAt),
        pushRule(rollout));
  }

  private static ArrayNode stepsJson(RolloutSpec spec) {
    return spec.json().path("strategy").path("canary").path("steps") instanceof ArrayNode steps
        ? steps
        : null;
  }

  private static List<Specification.Container> containers(RolloutSpec spec) {
    List<Specification.Container> containers = new ArrayList<>();
    for (JsonNode each : spec.template.path("spec").path("containers")) {
      containers.add(
          new Specification.Container(each.path("name").asText(), each.path("image").asText()));
    }
    return containers;
  }

  private static Splitting splitting(CanaryStrategy canary, boolean dynamic) {
    if (!Refusals.isRouted(canary)) {
      return new Splitting.ByPods();
    }
    return new Splitting.ByRoute(
        nginx(canary.trafficRouting),
        or(canary.trafficRouting.maxTrafficWeight, Specification.PERCENT),
        dynamic,
        ManagedRoutes.names(canary.trafficRouting));
  }

  private static TrafficDesired.Router nginx(TrafficRouting routing) {
    TrafficRouting.Nginx nginx = routing.nginx;
    return new TrafficDesired.Router.Nginx(
        nginx.stableIngress == null || nginx.stableIngress.isEmpty()
            ? nginx.stableIngresses
            : List.of(nginx.stableIngress),
        nginx.annotationPrefix == null || nginx.annotationPrefix.isEmpty()
            ? NGINX_PREFIX
            : nginx.annotationPrefix,
        or(nginx.additionalIngressAnnotations, Map.of()),
        or(nginx.canaryIngressAnnotations, Map.of()),
        routing.maxTrafficWeight != null);
  }

  private static Instant restartAt(String text) throws InvalidManifest {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException malformed) {
      throw InvalidManifest.invalid("spec.restartAt", text, "must be a date and time as RFC 3339");
    }
  }

  // With a stable side that shrinks, an aborted canary has nothing to wait for.
  private static AbortDelay abortDelay(Integer seconds, boolean dynamic) {
    if (seconds != null) {
      return seconds == 0
          ? new AbortDelay.Never()
          : new AbortDelay.After(Duration.ofSeconds(seconds));
    }
    return new AbortDelay.After(Duration.ofSeconds(dynamic ? 0 : DELAY_SECONDS));
  }

  private static Specification.PushRule pushRule(Rollout rollout) throws InvalidManifest {
    Map<String, String> annotations = or(rollout.getMetadata().getAnnotations(), Map.of());
    String repository = annotations.getOrDefault(Annotations.IMAGE_REPOSITORY, "");
    String tag = annotations.getOrDefault(Annotations.IMAGE_TAG, "");
    if (repository.isEmpty() && tag.isEmpty()) {
      return null;
    }
    requireAnnotation(Annotations.IMAGE_REPOSITORY, repository, Annotations.IMAGE_TAG);
    requireAnnotation(Annotations.IMAGE_TAG, tag, Annotations.IMAGE_REPOSITORY);
    if (containers(rollout.getSpec()).stream()
        .noneMatch(each -> Images.repositoryOf(each.image()).equals(repository))) {
      throw InvalidManifest.invalid(
          "metadata.annotations[" + Annotations.IMAGE_REPOSITORY + "]",
          repository,
          "no container has an image of this repository");
    }
    return new Specification.PushRule(repository, tag);
  }

  private static void requireAnnotation(String name, String value, String other)
      throws InvalidManifest {
    if (value.isEmpty()) {
      throw InvalidManifest.required(
          "metadata.annotations[" + name + "]", "it goes with the annotation " + other);
    }
  }

  private static <T> T or(T value, T absent) {
    return value == null ? absent : value;
  }
}
