package dev.sluice.devkit.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.controllers.Controllers;
import dev.sluice.devkit.kubernetes.controllers.PodRunner;
import dev.sluice.devkit.kubernetes.http.ApiServer;
import dev.sluice.devkit.kubernetes.http.Audit;
import dev.sluice.devkit.kubernetes.http.Faults;
import dev.sluice.devkit.kubernetes.kind.BuiltInKinds;
import dev.sluice.devkit.kubernetes.kind.KindRegistry;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.store.Definitions;
import dev.sluice.devkit.kubernetes.store.Identities;
import dev.sluice.devkit.kubernetes.store.Janitor;
import dev.sluice.devkit.kubernetes.store.ObjectStore;
import dev.sluice.devkit.kubernetes.store.WriteOptions;
import dev.sluice.devkit.kubernetes.store.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A running API server: plays a Kubernetes cluster's front door over HTTP on 127.0.0.1. */
public final class KubernetesApi implements AutoCloseable {
  private final ApiServer server;
  private final Janitor janitor;
  private final Writer writer;
  private final Audit audit = new Audit();
  private final Path kubeconfig;
  private final List<Controllers> controllers = new CopyOnWriteArrayList<>();

  /**
   * How to start.
   *
   * @param port 0: a free one
   * @param kubeconfig file to write; null: a temporary one
   * @param historySize changes that a watch can look back on
   * @param bookmarkEvery time between the bookmarks of a watch
   */
  public record Options(int port, Path kubeconfig, int historySize, Duration bookmarkEvery) {
    public static Options defaults() {
      return new Options(0, null, 10_000, Duration.ofSeconds(10));
    }

    public Options withPort(int wanted) {
      return new Options(wanted, kubeconfig, historySize, bookmarkEvery);
    }

    public Options withKubeconfig(Path file) {
      return new Options(port, file, historySize, bookmarkEvery);
    }

    public Options withHistorySize(int changes) {
      return new Options(port, kubeconfig, changes, bookmarkEvery);
    }

    public Options withBookmarkEvery(Duration interval) {
      return new Options(port, kubeconfig, historySize, interval);
    }
  }

  private KubernetesApi(Options options) {
    ObjectStore store = new ObjectStore(options.historySize());
    KindRegistry kinds = new KindRegistry();
    Identities identities = Identities.system();
    this.writer = new Writer(store, new Definitions(store, kinds), identities);
    this.janitor = Janitor.start(store, writer, kinds);
    List.of("default", "kube-system").forEach(this::createNamespace);
    this.server =
        new ApiServer(
            store, writer, kinds, identities, audit, options.port(), options.bookmarkEvery());
    this.kubeconfig = Kubeconfig.write(options.kubeconfig(), url());
  }

  /** Starts; the port is open and the kubeconfig written when this returns. */
  public static KubernetesApi start(Options options) {
    return new KubernetesApi(options);
  }

  public int port() {
    return server.port();
  }

  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** The file that points kubectl and client libraries here. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  /** What was asked of the server, counted. */
  public Audit audit() {
    return audit;
  }

  /** What tests may make the server do wrong. */
  public Faults faults() {
    return server;
  }

  /** Installs the CustomResourceDefinitions that the class path brings in META-INF/sluice/crds. */
  public void installCrds() {
    CrdFiles.onClassPath().forEach(this::install);
  }

  /** Installs the CustomResourceDefinitions in the YAML files of a folder. */
  public void installCrds(Path folder) {
    CrdFiles.in(folder).forEach(this::install);
  }

  /**
   * Starts the players of ReplicaSets, Jobs, pods and Endpoints against this server; they end with
   * it.
   */
  public Controllers startControllers(PodRunner runner) {
    Controllers started = Controllers.start(kubeconfig, runner);
    controllers.add(started);
    return started;
  }

  @Override
  public void close() {
    controllers.forEach(Controllers::close);
    janitor.close();
    server.close();
  }

  private void install(ObjectNode definition) {
    writer.create(BuiltInKinds.DEFINITION, "", definition, WriteOptions.SERVER);
  }

  private void createNamespace(String name) {
    ObjectNode namespace = Json.object();
    namespace.putObject("metadata").put("name", name);
    writer.create(BuiltInKinds.NAMESPACE, "", namespace, WriteOptions.SERVER);
  }
}
