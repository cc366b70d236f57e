package dev.sluice.devkit.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The arguments of the three programs. */
final class Commands {
  private Commands() {}

  static List<String> etcd(Path data, String url, String peers) {
    return List.of(
        "--data-dir=" + data,
        "--listen-client-urls=" + url,
        "--advertise-client-urls=" + url,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers,
        // The data of a test may be lost when the machine fails.
        "--unsafe-no-fsync",
        "--log-level=warn");
  }

  static List<String> apiServer(
      int port, String etcd, Path key, Credentials credentials, ControlPlane.Options options)
      throws IOException {
    return List.of(
        "--etcd-servers=" + etcd,
        "--etcd-compaction-interval=" + options.compaction().toSeconds() + "s",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--secure-port=" + port,
        "--cert-dir=" + credentials.folder(),
        "--token-auth-file=" + credentials.tokens(),
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://127.0.0.1:" + port,
        "--service-account-key-file=" + key,
        "--service-account-signing-key-file=" + key,
        "--service-cluster-ip-range=10.96.0.0/16",
        // An address of the loopback is no valid endpoint of the Service "kubernetes".
        "--endpoint-reconciler-type=none",
        // Pods can be made where nobody makes the ServiceAccount "default".
        "--disable-admission-plugins=ServiceAccount",
        "--allow-privileged=true",
        "--profiling=false");
  }

  /** What is added so that the API server notes requests; nothing for the level NONE. */
  static List<String> audit(AuditLevel level, Path folder, Path log) throws IOException {
    if (level == AuditLevel.NONE) {
      return List.of();
    }
    Path policy = Files.writeString(folder.resolve("audit-policy.yaml"), level.policy());
    // In megabytes: a log that is turned over lacks its beginning.
    return List.of(
        "--audit-policy-file=" + policy, "--audit-log-path=" + log, "--audit-log-maxsize=8000");
  }

  static List<String> controllerManager(Path kubeconfig, Path key, ControlPlane.Options options) {
    String controllers =
        options.controllers().stream()
            .map(Controller::option)
            .sorted()
            .collect(Collectors.joining(","));
    return List.of(
        "--kubeconfig=" + kubeconfig,
        "--controllers=" + controllers,
        "--service-account-private-key-file=" + key,
        "--leader-elect=false",
        // Its own limit of 20 a second would be what a measurement shows.
        "--kube-api-qps=400",
        "--kube-api-burst=800",
        "--secure-port=0",
        "--profiling=false");
  }
}
