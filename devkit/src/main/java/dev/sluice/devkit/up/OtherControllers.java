package dev.sluice.devkit.up;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;

/** Argo Rollouts controllers that are at work: two controllers on one Rollout undo each other. */
final class OtherControllers {

  private static final String LEASE = "argo-rollouts-controller-lock";

  /** A lease that was not renewed for so long belongs to nobody. */
  static final Duration LIVE = Duration.ofSeconds(30);

  private OtherControllers() {}

  /**
   * Their live leases, a line each.
   *
   * @param namespaces to look in; empty: all
   */
  static List<String> live(KubernetesClient client, List<String> namespaces, Instant now) {
    Stream<Lease> leases =
        namespaces.isEmpty()
            ? client.leases().inAnyNamespace().list().getItems().stream()
            : namespaces.stream()
                .flatMap(
                    namespace -> client.leases().inNamespace(namespace).list().getItems().stream());
    return leases
        .filter(lease -> lease.getMetadata().getName().startsWith(LEASE))
        .filter(lease -> isLive(lease, now))
        .map(lease ->
            "%s/%s is held by %s"
                .formatted(
                    lease.getMetadata().getNamespace(),
                    lease.getMetadata().getName(),
                    lease.getSpec().getHolderIdentity()))
        .toList();
  }

  static boolean isLive(Lease lease, Instant now) {
    ZonedDateTime renewed = lease.getSpec() == null ? null : lease.getSpec().getRenewTime();
    return renewed != null && renewed.toInstant().plus(LIVE).isAfter(now);
  }
}
