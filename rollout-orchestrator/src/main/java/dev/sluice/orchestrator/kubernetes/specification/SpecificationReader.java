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
import dev.sluice.orchestrator.Scaling;
import dev.sluice.orchestrator.Signal;
import dev.sluice.orchestrator.Specification;
import dev.sluice.orchestrator.Specification.AbortDelay;
import dev.sluice.orchestrator.Specification.Background;
import dev.sluice.orchestrator.Specification.ScaleDown;
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
   * @param stored without the template of the workload that it may refer to
   * @param references the objects that exist beside it
   * @param rules of the installation
   */
  public static Signal read(Rollout stored, References references, Rules rules) {
    long generation = or(stored.getMetadata().getGeneration(), 0L);
    try {
      Optional<References.Workload> workload = workload(stored, references);
      Rollout rollout = valid(stored, workload);
      Refusals.check(rollout);
      InjectionRules.check(rollout);
      ReferenceRules.checkPresence(rollout, references);
      ReferenceRules.checkServices(rollout, references);
      AnalysisReader analyses = new AnalysisReader(rollout, references, rules);
      List<Step> steps =
          new StepReader(analyses, new PluginReader(rules), new ExperimentReader(rollout))
              .read(rollout.getSpec().strategy.canary.steps);
      Background background = background(analyses, rollout.getSpec().strategy.canary.analysis);
      ReferenceRules.checkIngresses(rollout, references);
      String podHash =
          TemplateHash.of(rollout, references.replicaSets(rollout.getMetadata().getUid()));
      return new Signal.SpecificationObserved(
          specification(rollout, workload, podHash, steps, background));
    } catch (InvalidManifest invalid) {
      return new Signal.SpecificationUnusable(
          generation,
          RolloutValidation.message(stored.getMetadata().getName(), invalid.getMessage()));
    }
  }

  // A template of its own beside the reference is what is wrong, whatever is referred to.
  private static Optional<References.Workload> workload(Rollout stored, References references)
      throws InvalidManifest {
    return stored.getSpec() == null || RolloutValidation.hasLabelsOrAnnotations(stored.getSpec())
        ? Optional.empty()
        : WorkloadReference.workload(stored, references);
  }

  private static Rollout valid(Rollout stored, Optional<References.Workload> workload)
      throws InvalidManifest {
    Rollout rollout = workload.map(found -> WorkloadReference.filled(stored, found)).orElse(stored);
    Optional<String> wrong =
        workload.isPresent()
            ? RolloutValidation.validateResolved(rollout)
            : RolloutValidation.validate(rollout);
    if (wrong.isPresent()) {
      throw InvalidManifest.of(wrong.get());
    }
    return rollout;
  }

  private static Specification specification(
      Rollout rollout,
      Optional<References.Workload> workload,
      String podHash,
      List<Step> steps,
      Background background)
      throws InvalidManifest {
    RolloutSpec spec = rollout.getSpec();
    CanaryStrategy canary = spec.strategy.canary;
    int replicas = or(spec.replicas, 1);
    boolean dynamic = Boolean.TRUE.equals(canary.dynamicStableScale);
    ServiceNames services = ServiceNames.of(spec);
    return new Specification(
        or(rollout.getMetadata().getGeneration(), 0L),
        replicas,
        podHash,
        StepsHash.of(stepsJson(spec)),
        SelectorText.of(spec.selector),
        containers(spec),
        steps,
        background,
        services.canary(),
        services.stable(),
        splitting(canary, dynamic),
        PodBudget.of(canary, replicas),
        Duration.ofSeconds(dynamic ? 0 : or(canary.scaleDownDelaySeconds, DELAY_SECONDS)),
        abortDelay(canary.abortScaleDownDelaySeconds, dynamic),
        scaling(canary),
        or(spec.revisionHistoryLimit, HISTORY_LIMIT),
        spec.rollbackWindow == null ? 0 : or(spec.rollbackWindow.revisions, 0),
        Duration.ofSeconds(or(spec.progressDeadlineSeconds, PROGRESS_DEADLINE_SECONDS)),
        Boolean.TRUE.equals(spec.progressDeadlineAbort),
        Boolean.TRUE.equals(spec.paused),
        restartAt(spec.restartAt),
        pushRule(rollout),
        workload.map(found -> workload(spec.workloadRef, found)).orElse(null));
  }

  private static Specification.Workload workload(
      RolloutSpec.WorkloadRef reference, References.Workload found) {
    return new Specification.Workload(
        reference.kind,
        reference.name,
        switch (or(reference.scaleDown, "")) {
          case "onsuccess" -> ScaleDown.ON_SUCCESS;
          case "progressively" -> ScaleDown.PROGRESSIVELY;
          default -> ScaleDown.NEVER;
        },
        found.generation());
  }

  private static Background background(
      AnalysisReader analyses, CanaryStrategy.BackgroundAnalysis analysis) throws InvalidManifest {
    return analysis == null || Json.isBlank(analysis.json())
        ? null
        : new Background(
            or(analysis.startingStep, 0),
            analyses.endless("spec.strategy.canary.analysis.templates", analysis));
  }

  // An empty list is none: Argo Rollouts drops it when it first writes the object.
  private static ArrayNode stepsJson(RolloutSpec spec) {
    return spec.json().path("strategy").path("canary").path("steps") instanceof ArrayNode steps
            && !steps.isEmpty()
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
        ManagedRoutes.names(canary.trafficRouting),
        ServiceNames.arePingPong(canary));
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

  private static Scaling scaling(CanaryStrategy canary) {
    return new Scaling(
        or(canary.minPodsPerReplicaSet, 0),
        threshold(canary.replicaProgressThreshold),
        Math.max(0, or(canary.scaleDownDelayRevisionLimit, Integer.MAX_VALUE)));
  }

  // The validation has seen to it that there are two words only.
  private static Scaling.Threshold threshold(CanaryStrategy.ReplicaProgressThreshold written) {
    if (written == null) {
      return Scaling.PLAIN.threshold();
    }
    int value = or(written.value, 0);
    return written.type.equals("Pods")
        ? new Scaling.Threshold.Pods(value)
        : new Scaling.Threshold.Percent(value);
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
