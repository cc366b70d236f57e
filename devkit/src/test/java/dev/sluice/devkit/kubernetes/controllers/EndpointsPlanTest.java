package dev.sluice.devkit.kubernetes.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointsPlanTest {
  @Test
  void readyPodsAreAddressesAndOthersAreNotReady() {
    EndpointSubset subset =
        EndpointsPlan.of(
                service(new IntOrString(8080)),
                List.of(pod("10.0.0.2", "True"), pod("10.0.0.1", "True"), pod("10.0.0.3", "False")))
            .getFirst();

    assertThat(subset.getAddresses())
        .extracting(EndpointAddress::getIp)
        .containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(subset.getNotReadyAddresses())
        .extracting(EndpointAddress::getIp)
        .containsExactly("10.0.0.3");
    assertThat(subset.getPorts().getFirst().getPort()).isEqualTo(8080);
  }

  @Test
  void aNamedTargetPortIsThePodsOwn() {
    List<EndpointSubset> subsets =
        EndpointsPlan.of(service(new IntOrString("http")), List.of(pod("10.0.0.1", "True")));

    assertThat(subsets.getFirst().getPorts().getFirst().getPort()).isEqualTo(9090);
  }

  @Test
  void podsThatEndOrMatchNotOrHaveNoAddressAreNowhere() {
    Pod ending =
        new PodBuilder(pod("10.0.0.1", "True"))
            .editMetadata()
            .withDeletionTimestamp("2026-11-23T10:00:00Z")
            .endMetadata()
            .build();
    Pod other =
        new PodBuilder(pod("10.0.0.2", "True"))
            .editMetadata()
            .withLabels(Map.of("app", "other"))
            .endMetadata()
            .build();
    Pod noAddress =
        new PodBuilder(pod("10.0.0.3", "True")).editStatus().withPodIP(null).endStatus().build();

    assertThat(EndpointsPlan.of(service(new IntOrString(1)), List.of(ending, other, noAddress)))
        .isEmpty();
  }

  private static Service service(IntOrString target) {
    return new ServiceBuilder()
        .withNewSpec()
        .withSelector(Map.of("app", "web"))
        .addNewPort()
        .withPort(80)
        .withTargetPort(target)
        .endPort()
        .endSpec()
        .build();
  }

  private static Pod pod(String ip, String ready) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("p" + ip)
        .withLabels(Map.of("app", "web", "more", "yes"))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .addNewPort()
        .withName("http")
        .withContainerPort(9090)
        .endPort()
        .endContainer()
        .endSpec()
        .withNewStatus()
        .withPodIP(ip)
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready)
        .withLastTransitionTime("2026-11-23T10:00:00Z")
        .endCondition()
        .endStatus()
        .build();
  }
}
