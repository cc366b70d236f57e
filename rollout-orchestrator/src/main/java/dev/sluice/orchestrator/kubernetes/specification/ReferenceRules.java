package dev.sluice.orchestrator.kubernetes.specification;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.crd.Api;
import dev.sluice.crd.CanaryStep;
import dev.sluice.crd.CanaryStrategy;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutAnalysis;
import dev.sluice.crd.RolloutValidation;
import dev.sluice.crd.TrafficRouting;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressRuleValue;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules on the objects that a Rollout names. Texts are those of Argo Rollouts, and so is the order:
 * first all that is missing, then what is wrong with what is there.
 */
final class ReferenceRules {

  private static final String CANARY = "spec.strategy.canary.";
  private static final String NGINX = CANARY + "trafficRouting.nginx.";

  private ReferenceRules() {}

  /** What is named has to be there: looked up first, before anything that is there is judged. */
  static void checkPresence(Rollout rollout, References references) throws InvalidManifest {
    CanaryStrategy canary = rollout.getSpec().strategy.canary;
    for (Named service : services(canary)) {
      if (references.service(service.name()).isEmpty()) {
        throw InvalidManifest.invalid(
            service.path(), service.name(), "service \"" + service.name() + "\" not found");
      }
    }
    checkTemplates(canary, references);
    Optional<String> wrong = RolloutValidation.validateRouters(rollout);
    if (wrong.isPresent()) {
      throw InvalidManifest.of(wrong.get());
    }
    for (Named ingress : ingresses(canary)) {
      if (references.ingress(ingress.name()).isEmpty()) {
        throw InvalidManifest.invalid(
            ingress.path(),
            ingress.name(),
            "ingress.networking.k8s.io \"" + ingress.name() + "\" not found");
      }
    }
  }

  /** The Services have to select pods of this Rollout, and of no other. */
  static void checkServices(Rollout rollout, References references) throws InvalidManifest {
    for (Named named : services(rollout.getSpec().strategy.canary)) {
      Optional<Service> service = references.service(named.name());
      if (service.isPresent()) {
        checkService(rollout, named, service.get());
      }
    }
  }

  /** The Ingresses have to send something to the stable Service. */
  static void checkIngresses(Rollout rollout, References references) throws InvalidManifest {
    CanaryStrategy canary = rollout.getSpec().strategy.canary;
    for (Named named : ingresses(canary)) {
      Optional<Ingress> ingress = references.ingress(named.name());
      if (ingress.isPresent() && !hasRuleWith(ingress.get(), canary.stableService)) {
        throw InvalidManifest.invalid(
            named.path(),
            named.name(),
            "ingress `%s` has no rules using service %s backend"
                .formatted(named.name(), canary.stableService));
      }
    }
  }

  /** An object by its name, and where the Rollout names it. */
  private record Named(String path, String name) {}

  private static List<Named> services(CanaryStrategy canary) {
    Stream<Named> pingPong =
        ServiceNames.arePingPong(canary)
            ? Stream.of(
                new Named(CANARY + "pingPong.pingService", canary.pingPong.pingService),
                new Named(CANARY + "pingPong.pongService", canary.pingPong.pongService))
            : Stream.of();
    Stream<Named> plain =
        Stream.of(
            new Named(CANARY + "stableService", canary.stableService),
            new Named(CANARY + "canaryService", canary.canaryService));
    return Stream.concat(plain, pingPong)
        .filter(service -> service.name() != null && !service.name().isEmpty())
        .toList();
  }

  private static void checkTemplates(CanaryStrategy canary, References references)
      throws InvalidManifest {
    List<CanaryStep> steps = canary.steps == null ? List.of() : canary.steps;
    for (int i = 0; i < steps.size(); i++) {
      RolloutAnalysis analysis = steps.get(i).analysis;
      if (analysis != null) {
        TemplateResolver.requireAll(
            references, CANARY + "steps[" + i + "].analysis.templates", analysis.templates);
      }
    }
    if (canary.analysis != null) {
      TemplateResolver.requireAll(
          references, CANARY + "analysis.templates", canary.analysis.templates);
    }
  }

  private static List<Named> ingresses(CanaryStrategy canary) {
    if (!Refusals.isRouted(canary)) {
      return List.of();
    }
    TrafficRouting.Nginx nginx = canary.trafficRouting.nginx;
    return nginx.stableIngress != null && !nginx.stableIngress.isEmpty()
        ? List.of(new Named(NGINX + "stableIngress", nginx.stableIngress))
        : nginx.stableIngresses.stream()
            .map(name -> new Named(NGINX + "stableIngresses", name))
            .toList();
  }

  private static void checkService(Rollout rollout, Named named, Service service)
      throws InvalidManifest {
    Map<String, String> annotations = service.getMetadata().getAnnotations();
    String manager = annotations == null ? null : annotations.get(Api.MANAGED_BY_ROLLOUTS);
    if (manager != null && !manager.equals(rollout.getMetadata().getName())) {
      throw InvalidManifest.invalid(
          named.path(),
          named.name(),
          "Service \"" + named.name() + "\" is managed by another Rollout");
    }
    Map<String, String> selector =
        service.getSpec() == null || service.getSpec().getSelector() == null
            ? Map.of()
            : service.getSpec().getSelector();
    JsonNode labels = rollout.getSpec().template.path("metadata").path("labels");
    for (Map.Entry<String, String> label : selector.entrySet()) {
      String value = labels.path(label.getKey()).asText(null);
      if (!label.getKey().equals(Api.POD_TEMPLATE_HASH_LABEL)
          && !Objects.equals(value, label.getValue())) {
        throw InvalidManifest.invalid(
            named.path(),
            named.name(),
            "Service \"%s\" has unmatch label \"%s\" in rollout"
                .formatted(named.name(), label.getKey()));
      }
    }
  }

  private static boolean hasRuleWith(Ingress ingress, String service) {
    return ingress.getSpec() != null
        && ingress.getSpec().getRules().stream()
            .map(IngressRule::getHttp)
            .filter(Objects::nonNull)
            .map(HTTPIngressRuleValue::getPaths)
            .flatMap(List::stream)
            .map(HTTPIngressPath::getBackend)
            .anyMatch(backend ->
                backend != null
                    && backend.getService() != null
                    && service.equals(backend.getService().getName()));
  }
}
