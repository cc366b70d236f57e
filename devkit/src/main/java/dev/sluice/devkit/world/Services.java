package dev.sluice.devkit.world;

import dev.sluice.devkit.process.ServiceProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The running instances of the four services, each a process of its own. */
public final class Services {

  private final ServiceSettings settings;
  private final Together together;
  private final Map<ServiceKind, List<ServiceProcess>> instances = new EnumMap<>(ServiceKind.class);
  private final Map<ServiceProcess, Duration> startTimes = new ConcurrentHashMap<>();

  private Services(ServiceSettings settings, Together together) {
    this.settings = settings;
    this.together = together;
    for (ServiceKind kind : ServiceKind.values()) {
      instances.put(kind, new ArrayList<>());
    }
  }

  /** Starts all of them at the same time, and waits until all are ready. */
  public static Services start(ServiceSettings settings, Together together) {
    var services = new Services(settings, together);
    Instant begin = Instant.now();
    services.launch(ServiceKind.GATEWAY);
    services.launch(ServiceKind.ORCHESTRATOR);
    services.launch(ServiceKind.ROUTER);
    for (int i = 0; i < settings.workers(); i++) {
      services.launch(ServiceKind.WORKER);
    }
    services
        .all()
        .forEach(service -> {
          service.awaitReady();
          services.startTimes.put(service, Duration.between(begin, Instant.now()));
        });
    return services;
  }

  /** Starts one more instance and waits until it is ready. */
  public ServiceProcess add(ServiceKind kind) {
    var service = launch(kind);
    service.awaitReady();
    return service;
  }

  /** The instances of a service, running or not. */
  public synchronized List<ServiceProcess> all(ServiceKind kind) {
    return List.copyOf(instances.get(kind));
  }

  /** Every instance. */
  public synchronized List<ServiceProcess> all() {
    return instances.values().stream().flatMap(List::stream).toList();
  }

  /** The first instance of a service. */
  public ServiceProcess first(ServiceKind kind) {
    return all(kind).getFirst();
  }

  /** How long an instance took until all before it and itself were ready; zero if added later. */
  public Duration startTime(ServiceProcess service) {
    return startTimes.getOrDefault(service, Duration.ZERO);
  }

  private synchronized ServiceProcess launch(ServiceKind kind) {
    int number = instances.get(kind).size() + 1;
    String name = number == 1 ? kind.folder() : kind.folder() + "-" + number;
    var service =
        ServiceProcess.launch(
            new ServiceProcess.Settings(
                name,
                kind.jar(settings.repository()),
                settings.properties(kind, gateway(kind)),
                settings.environment(kind)),
            settings.folder());
    together.add(service);
    instances.get(kind).add(service);
    return service;
  }

  // Empty for the gateway itself, which is the first to be launched.
  private String gateway(ServiceKind asking) {
    return asking == ServiceKind.GATEWAY ? "" : first(ServiceKind.GATEWAY).url();
  }
}
