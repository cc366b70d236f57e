package dev.sluice.system.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The file at the top of the repository, with its anchors resolved and its variables not. */
final class ComposeFile {

  static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  /** Each answers /q/health/ready. */
  static final Set<String> SERVICES =
      Set.of("rollout-orchestrator", "analysis-worker", "traffic-router", "metrics-gateway");

  private final Map<String, Service> services;

  private ComposeFile(Map<String, Service> services) {
    this.services = services;
  }

  static ComposeFile read() {
    var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Map<String, Object> file = yaml.load(text("docker-compose.yml"));
    return new ComposeFile(
        map(file.get("services")).entrySet().stream()
            .map(entry -> new Service(entry.getKey(), map(entry.getValue())))
            .collect(Collectors.toMap(Service::name, Function.identity())));
  }

  /** A file of the repository. */
  static String text(String name) {
    try {
      return Files.readString(REPOSITORY.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  List<Service> all() {
    return List.copyOf(services.values());
  }

  Service service(String name) {
    return services.get(name);
  }

  /** Those that do their work once: others wait until they have ended well. */
  Set<String> programs() {
    return all().stream()
        .flatMap(service -> service.dependencies().entrySet().stream())
        .filter(dependency -> dependency.getValue().equals("service_completed_successfully"))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** One entry under {@code services}. */
  record Service(String name, Map<String, Object> settings) {

    String image() {
      return String.valueOf(settings.get("image"));
    }

    Map<String, String> environment() {
      return map(settings.get("environment")).entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
    }

    /** What the health check runs; empty without one. */
    String healthCheck() {
      return strings(map(settings.get("healthcheck")).get("test")).collect(Collectors.joining(" "));
    }

    /** The condition by the service that is waited for. */
    Map<String, String> dependencies() {
      return map(settings.get("depends_on")).entrySet().stream()
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey,
                  entry -> String.valueOf(map(entry.getValue()).get("condition"))));
    }

    List<String> ports() {
      return strings(settings.get("ports")).toList();
    }

    List<String> volumes() {
      return strings(settings.get("volumes")).toList();
    }
  }

  private static Stream<String> strings(Object list) {
    return list == null ? Stream.of() : ((List<?>) list).stream().map(Object::toString);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }
}
