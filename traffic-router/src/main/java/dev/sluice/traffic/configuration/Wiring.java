package dev.sluice.traffic.configuration;

import dev.sluice.traffic.Reports;
import dev.sluice.traffic.Router;
import dev.sluice.traffic.Routes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

class Wiring {

  @Produces
  @Singleton
  Router router(RouterConfiguration configuration, Routes routes, Reports reports) {
    return new Router(routes, reports, Clock.systemUTC(), configuration.router().concurrency());
  }

  void close(@Disposes Router router) {
    router.close();
  }
}
