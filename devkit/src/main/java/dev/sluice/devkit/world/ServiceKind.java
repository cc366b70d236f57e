package dev.sluice.devkit.world;

import java.nio.file.Path;

/** The services, by the folder that each is built in. */
public enum ServiceKind {
  /** The one door to metric providers. */
  GATEWAY("metrics-gateway"),
  /** Measures and judges. */
  WORKER("analysis-worker"),
  /** Makes the route match the wanted split. */
  ROUTER("traffic-router"),
  /** Decides what happens next. */
  ORCHESTRATOR("rollout-orchestrator");

  private final String folder;

  ServiceKind(String folder) {
    this.folder = folder;
  }

  /** Its folder in the repository, also its name. */
  public String folder() {
    return folder;
  }

  /** What {@code java -jar} starts. */
  Path jar(Path repository) {
    return repository.resolve(folder).resolve("target/quarkus-app/quarkus-run.jar");
  }
}
