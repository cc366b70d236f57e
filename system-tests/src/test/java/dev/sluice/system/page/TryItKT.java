package dev.sluice.system.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.devkit.controlplane.Assets;
import dev.sluice.devkit.controlplane.ControlPlane;
import dev.sluice.devkit.controlplane.Controller;
import dev.sluice.devkit.kubernetes.controllers.Controllers;
import dev.sluice.devkit.kubernetes.controllers.IdlePods;
import dev.sluice.devkit.prometheus.PrometheusServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/try-it.md}, on a real API server with the real controllers and a real Prometheus that
 * knows nothing; only pods are played. The page as it was played is in {@code target/try-it.md}.
 */
class TryItKT {

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final String READERS_PROMETHEUS = "http://127.0.0.1:9090";

  @TempDir Path folder;
  private ControlPlane plane;
  private IdlePods pods;
  private Controllers player;
  private PrometheusServer prometheus;
  private Terminal terminal;

  @BeforeEach
  void aReaderHasAClusterAndAPrometheus() throws IOException {
    assumeTrue(
        Assets.find().isPresent(),
        "NOT TESTED on a real Kubernetes control plane: set " + Assets.VARIABLE);
    Assets assets = Assets.find().orElseThrow();
    plane =
        ControlPlane.start(
            assets,
            folder.resolve("plane"),
            ControlPlane.Options.defaults()
                .withControllers(
                    Controller.REPLICASET,
                    Controller.ENDPOINTS,
                    Controller.ENDPOINTSLICE,
                    Controller.NAMESPACE,
                    Controller.GARBAGE_COLLECTOR));
    pods = new IdlePods();
    player = Controllers.startPods(plane.kubeconfig(), pods);
    prometheus = PrometheusServer.start(folder.resolve("prometheus"));
    String programs = assets.program("kubectl").getParent() + ":" + System.getenv("PATH");
    terminal = new Terminal(checkout(), Map.of("HOME", home().toString(), "PATH", programs));
  }

  @AfterEach
  void everythingEnds() throws IOException {
    Files.deleteIfExists(folder.resolve("checkout/deploy"));
    if (plane != null) {
      if (terminal != null) {
        terminal.close();
      }
      if (prometheus != null) {
        prometheus.close();
      }
      player.close();
      pods.close();
      plane.close();
    }
  }

  @Test
  void whatThePageShowsIsWhatAReaderGets() throws IOException {
    String markdown = Files.readString(REPOSITORY.resolve("docs/try-it.md"));
    Page page = Page.of(markdown.replace(READERS_PROMETHEUS, prometheus.url()));
    Page played = page.play(terminal);
    Files.write(Path.of("target", "try-it.md"), played.lines());
    assertThat(Steady.of(played)).isEqualTo(Steady.of(page));
  }

  private Path home() throws IOException {
    Path home = folder.resolve("home");
    Path kubeconfig = Files.createDirectories(home.resolve(".kube")).resolve("config");
    Files.copy(plane.kubeconfig(), kubeconfig);
    return home;
  }

  /** The repository as a reader has it, with what this build has built. */
  private Path checkout() throws IOException {
    Path checkout = Files.createDirectories(folder.resolve("checkout"));
    Files.createSymbolicLink(checkout.resolve("deploy"), REPOSITORY.resolve("deploy"));
    String script = Files.readString(REPOSITORY.resolve("sluice"));
    Path launcher =
        Files.createFile(
            checkout.resolve("sluice"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(
        launcher,
        "#!/bin/sh\nhere=%s\nJAVA_HOME=%s\n%s"
            .formatted(
                REPOSITORY,
                System.getProperty("java.home"),
                script
                    .substring(script.lastIndexOf("exec "))
                    .replace("-Dsluice", "-Djava.io.tmpdir=" + checkout + " -Dsluice")));
    return checkout;
  }
}
