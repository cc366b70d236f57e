package dev.sluice.devkit.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

/** The files by which the parts know each other; readable by their owner only. */
final class Credentials {
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: control-plane
      clusters:
        - name: control-plane
          cluster: {server: '%s', certificate-authority: '%s'}
      users:
        - name: admin
          user: {token: '%s'}
      contexts:
        - name: control-plane
          context: {cluster: control-plane, user: admin, namespace: default}
      """;

  private final Path folder;
  private final String token = UUID.randomUUID().toString();

  Credentials(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  Path folder() {
    return folder;
  }

  /** What the API server makes for itself when it first starts. */
  Path certificate() {
    return folder.resolve("apiserver.crt");
  }

  /** The one user that needs no roles. */
  Path tokens() throws IOException {
    return write("tokens.csv", token + ",admin,admin,system:masters\n");
  }

  /** Signs the tokens of ServiceAccounts. */
  Path serviceAccountKey() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
      return write(
          "service-accounts.pem",
          "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
    } catch (NoSuchAlgorithmException everyJavaHasRsa) {
      throw new IllegalStateException(everyJavaHasRsa);
    }
  }

  Path kubeconfig(String url) throws IOException {
    return write("kubeconfig", KUBECONFIG.formatted(url, certificate(), token));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text);
  }
}
