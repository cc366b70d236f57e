package dev.sluice.devkit.kubernetes.controllers;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which pods stand behind a Service: a pure function of the Service and the pods. */
final class EndpointsPlan {
  private EndpointsPlan() {}

  /** The subsets, one for each set of ports; pods that end or have no address are in none. */
  static List<EndpointSubset> of(Service service, List<Pod> pods) {
    Map<List<EndpointPort>, List<Pod>> byPorts = new LinkedHashMap<>();
    pods.stream()
        .filter(pod -> Pods.hasLabels(pod, service.getSpec().getSelector()))
        .filter(Pods::isActive)
        .filter(pod -> pod.getStatus() != null && pod.getStatus().getPodIP() != null)
        .sorted(Comparator.comparing(pod -> pod.getStatus().getPodIP()))
        .forEach(pod ->
            byPorts.computeIfAbsent(ports(service, pod), none -> new ArrayList<>()).add(pod));
    return byPorts.entrySet().stream()
        .map(entry -> subset(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static EndpointSubset subset(List<EndpointPort> ports, List<Pod> pods) {
    return new EndpointSubsetBuilder()
        .withAddresses(pods.stream().filter(Pods::isReady).map(EndpointsPlan::address).toList())
        .withNotReadyAddresses(
            pods.stream().filter(pod -> !Pods.isReady(pod)).map(EndpointsPlan::address).toList())
        .withPorts(ports)
        .build();
  }

  private static EndpointAddress address(Pod pod) {
    return new EndpointAddressBuilder()
        .withIp(pod.getStatus().getPodIP())
        .withNodeName(pod.getSpec().getNodeName())
        .withNewTargetRef()
        .withKind("Pod")
        .withNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .withUid(pod.getMetadata().getUid())
        .endTargetRef()
        .build();
  }

  private static List<EndpointPort> ports(Service service, Pod pod) {
    List<EndpointPort> ports = new ArrayList<>();
    for (ServicePort port : service.getSpec().getPorts()) {
      int number = number(port, pod);
      if (number > 0) {
        ports.add(
            new EndpointPortBuilder()
                .withName(port.getName())
                .withPort(number)
                .withProtocol(port.getProtocol())
                .build());
      }
    }
    return ports;
  }

  /** The pod's number for a target port; 0 where the pod has no port of that name. */
  private static int number(ServicePort port, Pod pod) {
    IntOrString target = port.getTargetPort();
    if (target == null) {
      return port.getPort();
    }
    if (target.getIntVal() != null) {
      return target.getIntVal();
    }
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(one -> target.getStrVal().equals(one.getName()))
        .mapToInt(ContainerPort::getContainerPort)
        .findFirst()
        .orElse(0);
  }
}
