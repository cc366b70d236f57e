package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.Api;
import dev.sluice.crd.CanaryStrategy;
import dev.sluice.crd.Rollout;
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

/** Rules on the Services and Ingresses that a Rollout names. Texts are those of Argo Rollouts. */
final class ReferenceRules {

  private static final String CANARY = "spec.strategy.canary.";
  private static final String NGINX = CANARY + "trafficRouting.nginx.";

  private ReferenceRules() {}

  static void checkServices(Rollout rollout, References references) throws InvalidManifest {
    CanaryStrategy canary = rollout.getSpec().strategy.canary;
    checkService(rollout, references, CANARY + "canaryService", canary.canaryService);
    checkService(rollout, references, CANARY + "stableService", canary.stableService);
  }

  static void checkIngresses(Rollout rollout, References references) throws InvalidManifest {
    CanaryStrategy canary = rollout.getSpec().strategy.canary;
    if (!Refusals.isRouted(canary)) {
      return;
    }
    TrafficRouting.Nginx nginx = canary.trafficRouting.nginx;
    boolean one = nginx.stableIngress != null && !nginx.stableIngress.isEmpty();
    boolean several = nginx.stableIngresses != null && !nginx.stableIngresses.isEmpty();
    if (one == several) {
      throw InvalidManifest.of(
          "spec.strategy.canary.trafficRouting.nginx: Internal error: Either StableIngress or"
              + " StableIngresses must be configured. "
              + (one ? "Both" : "Neither")
              + " are configured.");
    }
    if (one) {
      checkIngress(references, NGINX + "stableIngress", nginx.stableIngress, canary.stableService);
    }
    for (String name : nginx.stableIngresses == null ? List.<String>of() : nginx.stableIngresses) {
      checkIngress(references, NGINX + "stableIngresses", name, canary.stableService);
    }
  }

  private static void checkService(Rollout rollout, References references, String path, String name)
      throws InvalidManifest {
    if (name == null || name.isEmpty()) {
      return;
    }
    Optional<Service> found = references.service(name);
    if (found.isEmpty()) {
      throw InvalidManifest.invalid(path, name, "service \"" + name + "\" not found");
    }
    Service service = found.get();
    Map<String, String> annotations = service.getMetadata().getAnnotations();
    String manager = annotations == null ? null : annotations.get(Api.MANAGED_BY_ROLLOUTS);
    if (manager != null && !manager.equals(rollout.getMetadata().getName())) {
      throw InvalidManifest.invalid(
          path, name, "Service \"" + name + "\" is managed by another Rollout");
    }
    Map<String, String> selector =
        service.getSpec() == null || service.getSpec().getSelector() == null
            ? Map.of()
            : service.getSpec().getSelector();
    for (Map.Entry<String, String> label : selector.entrySet()) {
      String value =
          rollout
              .getSpec()
              .template
              .path("metadata")
              .path("labels")
              .path(label.getKey())
              .asText(null);
      if (!label.getKey().equals(Api.POD_TEMPLATE_HASH_LABEL)
          && !Objects.equals(value, label.getValue())) {
        throw InvalidManifest.invalid(
            path,
            name,
            "Service \"" + name + "\" has unmatch label \"" + label.getKey() + "\" in rollout");
      }
    }
  }

  private static void checkIngress(References references, String path, String name, String service)
      throws InvalidManifest {
    Optional<Ingress> found = references.ingress(name);
    if (found.isEmpty()) {
      throw InvalidManifest.invalid(
          path, name, "ingress.networking.k8s.io \"" + name + "\" not found");
    }
    if (!hasRuleWith(found.get(), service)) {
      throw InvalidManifest.invalid(
          path, name, "ingress `" + name + "` has no rules using service " + service + " backend");
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
