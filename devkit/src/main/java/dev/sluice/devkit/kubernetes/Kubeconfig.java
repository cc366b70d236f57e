package dev.sluice.devkit.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that tells clients where the server is. */
final class Kubeconfig {
  private static final String TEXT =
      """
      apiVersion: v1
      kind: Config
      current-context: sluice
      clusters:
        - name: sluice
          cluster:
            server: %s
      users:
        - name: sluice
          user: {}
      contexts:
        - name: sluice
          context:
            cluster: sluice
            user: sluice
            namespace: default
      """;

  private Kubeconfig() {}

  /**
   * @param file null: a temporary one that goes with the process
   */
  static Path write(Path file, String url) {
    try {
      Path target = file;
      if (target == null) {
        target = Files.createTempFile("sluice-", ".kubeconfig");
        target.toFile().deleteOnExit();
      } else if (target.toAbsolutePath().getParent() != null) {
        Files.createDirectories(target.toAbsolutePath().getParent());
      }
      return Files.writeString(target, TEXT.formatted(url));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write the kubeconfig " + file, unwritable);
    }
  }
}
