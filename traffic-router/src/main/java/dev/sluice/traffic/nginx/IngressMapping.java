package dev.sluice.traffic.nginx;

import dev.sluice.events.TrafficDesired;
import dev.sluice.traffic.CanaryIngress;
import dev.sluice.traffic.IngressView;
import dev.sluice.traffic.IngressView.Backend;
import dev.sluice.traffic.IngressView.Port;
import dev.sluice.traffic.IngressView.Spec;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPathBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackendBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpecBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLSBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceBackendPort;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceBackendPortBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Between an Ingress of the API and what the core looks at. */
final class IngressMapping {

  private IngressMapping() {}

  static IngressView view(Ingress ingress) {
    return new IngressView(
        ingress.getMetadata().getName(),
        ingress.getMetadata().getResourceVersion(),
        ingress.getMetadata().getOwnerReferences().stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .map(o -> new IngressView.Controller(o.getKind(), o.getName(), o.getUid()))
            .findFirst(),
        Optional.ofNullable(ingress.getMetadata().getAnnotations()).orElse(Map.of()),
        Optional.ofNullable(ingress.getSpec())
            .map(IngressMapping::view)
            .orElse(new Spec(Optional.empty(), List.of(), List.of())));
  }

  static Ingress canary(TrafficDesired wanted, CanaryIngress canary) {
    OwnerReference rollout = new OwnerReference();
    rollout.setApiVersion("argoproj.io/v1alpha1");
    rollout.setKind("Rollout");
    rollout.setName(wanted.name());
    rollout.setUid(wanted.uid());
    rollout.setController(true);
    rollout.setBlockOwnerDeletion(true);
    return new IngressBuilder()
        .withNewMetadata()
        .withName(canary.name())
        .withNamespace(wanted.namespace())
        .withAnnotations(canary.annotations())
        .withOwnerReferences(rollout)
        .endMetadata()
        .withSpec(spec(canary.spec()))
        .build();
  }

  static IngressSpec spec(Spec spec) {
    return new IngressSpecBuilder()
        .withIngressClassName(spec.className().orElse(null))
        .withTls(spec.tls().stream().map(IngressMapping::tls).toList())
        .withRules(spec.rules().stream().map(IngressMapping::rule).toList())
        .build();
  }

  private static Spec view(IngressSpec spec) {
    return new Spec(
        Optional.ofNullable(spec.getIngressClassName()),
        spec.getTls().stream()
            .map(tls ->
                new IngressView.Tls(tls.getHosts(), Optional.ofNullable(tls.getSecretName())))
            .toList(),
        spec.getRules().stream().map(IngressMapping::view).toList());
  }

  private static IngressView.Rule view(IngressRule rule) {
    return new IngressView.Rule(
        Optional.ofNullable(rule.getHost()),
        rule.getHttp() == null
            ? List.of()
            : rule.getHttp().getPaths().stream().map(IngressMapping::view).toList());
  }

  private static IngressView.Path view(HTTPIngressPath path) {
    return new IngressView.Path(
        Optional.ofNullable(path.getPath()), path.getPathType(), view(path.getBackend()));
  }

  private static Backend view(IngressBackend backend) {
    if (backend.getService() != null) {
      return new Backend.Service(
          backend.getService().getName(), view(backend.getService().getPort()));
    }
    var resource = backend.getResource();
    return new Backend.Resource(
        Optional.ofNullable(resource.getApiGroup()), resource.getKind(), resource.getName());
  }

  private static Port view(ServiceBackendPort port) {
    if (port == null || port.getName() == null && port.getNumber() == null) {
      return new Port.None();
    }
    return port.getName() != null
        ? new Port.Name(port.getName())
        : new Port.Number(port.getNumber());
  }

  private static IngressTLS tls(IngressView.Tls tls) {
    return new IngressTLSBuilder()
        .withHosts(tls.hosts())
        .withSecretName(tls.secretName().orElse(null))
        .build();
  }

  private static IngressRule rule(IngressView.Rule rule) {
    return new IngressRuleBuilder()
        .withHost(rule.host().orElse(null))
        .withNewHttp()
        .withPaths(rule.paths().stream().map(IngressMapping::path).toList())
        .endHttp()
        .build();
  }

  private static HTTPIngressPath path(IngressView.Path path) {
    return new HTTPIngressPathBuilder()
        .withPath(path.path().orElse(null))
        .withPathType(path.pathType())
        .withBackend(backend(path.backend()))
        .build();
  }

  private static IngressBackend backend(Backend backend) {
    return switch (backend) {
      case Backend.Service(var name, var port) ->
          new IngressBackendBuilder()
              .withNewService()
              .withName(name)
              .withPort(port(port))
              .endService()
              .build();
      case Backend.Resource(var group, var kind, var name) ->
          new IngressBackendBuilder().withNewResource(group.orElse(null), kind, name).build();
    };
  }

  private static ServiceBackendPort port(Port port) {
    return switch (port) {
      case Port.Number(int number) -> new ServiceBackendPortBuilder().withNumber(number).build();
      case Port.Name(var name) -> new ServiceBackendPortBuilder().withName(name).build();
      case Port.None _ -> null;
    };
  }
}
