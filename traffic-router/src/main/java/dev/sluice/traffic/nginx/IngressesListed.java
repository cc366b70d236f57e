package dev.sluice.traffic.nginx;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when all Ingresses were listed once: from then on no foreign change is missed. */
@Readiness
@Singleton
class IngressesListed implements HealthCheck {

  private final IngressWatch watch;

  IngressesListed(IngressWatch watch) {
    this.watch = watch;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("ingresses").status(watch.isSynced()).build();
  }
}
