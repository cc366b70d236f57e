package dev.sluice.devkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessIT {

  /** Answers as a service does, once it has seen its configuration. */
  static final class Service {
    private Service() {}

    static void main() throws IOException {
      if (!"hidden".equals(System.getenv("SLUICE_SECRET"))) {
        throw new IllegalStateException("no secret given");
      }
      int port = Integer.getInteger("quarkus.http.port");
      var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
      server.createContext(
          "/q/health/ready",
          exchange -> {
            exchange.sendResponseHeaders(Boolean.getBoolean("sluice.ready") ? 200 : 503, -1);
            exchange.close();
          });
      server.start();
    }
  }

  @TempDir Path folder;

  @Test
  void isReadyWithItsConfigurationAndComesBackOnItsPort() throws IOException {
    try (var service = ServiceProcess.start(settings(Map.of("SLUICE_SECRET", "hidden")), folder)) {
      assertThat(service.isReady()).isTrue();
      String url = service.url();

      service.kill();
      assertThat(service.isReady()).isFalse();
      service.restart();

      assertThat(service.url()).isEqualTo(url);
      assertThat(service.isReady()).isTrue();
      assertThat(service.process().residentBytes()).isPositive();
      assertThat(service.process().processorTime()).isPositive();
    }
  }

  @Test
  void showsWhyAServiceDidNotStart() {
    assertThatThrownBy(() -> ServiceProcess.start(settings(Map.of()), folder))
        .hasMessageContaining("service ended at once")
        .hasMessageContaining("no secret given");
  }

  @Test
  void saysHowToBuildAServiceThatIsNotBuilt() {
    var settings =
        new ServiceProcess.Settings(
            "service", folder.resolve("quarkus-run.jar"), Map.of(), Map.of());
    assertThatThrownBy(() -> ServiceProcess.start(settings, folder))
        .hasMessageContaining("./mvnw -DskipTests package");
  }

  private ServiceProcess.Settings settings(Map<String, String> environment) throws IOException {
    return new ServiceProcess.Settings(
        "service", jar(), Map.of("sluice.ready", "true"), environment);
  }

  private Path jar() throws IOException {
    Path classes =
        Path.of(
            ServiceProcessIT.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Service.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classes.toUri().toString());
    Path jar = folder.resolve("service.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
