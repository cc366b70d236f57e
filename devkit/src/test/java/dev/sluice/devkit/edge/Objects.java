package dev.sluice.devkit.edge;

import dev.sluice.devkit.workload.PodPorts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.util.Map;

/** Cluster objects as the checkout example has them. */
final class Objects {

  private Objects() {}

  static Ingress ingress(String name, String service) {
    return new IngressBuilder()
        .withNewMetadata()
        .withNamespace("production")
        .withName(name)
        .withCreationTimestamp("2026-11-23T10:00:00Z")
        .endMetadata()
        .withNewSpec()
        .addNewRule()
        .withHost("checkout.acme.example")
        .withNewHttp()
        .addNewPath()
        .withPath("/")
        .withPathType("Prefix")
        .withNewBackend()
        .withNewService()
        .withName(service)
        .endService()
        .endBackend()
        .endPath()
        .endHttp()
        .endRule()
        .endSpec()
        .build();
  }

  static Ingress canaryIngress(String name, String service, int weight) {
    return ingress(name, service)
        .edit()
        .editMetadata()
        .addToAnnotations(CanaryRule.PREFIX + "canary", "true")
        .addToAnnotations(CanaryRule.PREFIX + "canary-weight", "" + weight)
        .endMetadata()
        .build();
  }

  static Service service(String name, String hash) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("production")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withSelector(Map.of("app", "checkout-service", PodPorts.POD_HASH_LABEL, hash))
        .endSpec()
        .build();
  }

  static Pod pod(String name, String hash, int port) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("production")
        .withName(name)
        .addToLabels("app", "checkout-service")
        .addToLabels(PodPorts.POD_HASH_LABEL, hash)
        .addToAnnotations(PodPorts.ANNOTATION, "" + port)
        .endMetadata()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
  }
}
