package dev.sluice.orchestrator.kubernetes.admission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate for 127.0.0.1 and the authority that signed it, which nobody else trusts.
 *
 * @param store PKCS #12 with the certificate and its key
 * @param authority the authority's certificate as PEM
 */
record SelfSigned(Path store, Path authority) {

  static final String PASSWORD = "changeit";

  /** The one that this store came of. */
  static SelfSigned of(Path store) {
    return new SelfSigned(store, store.resolveSibling("authority.pem"));
  }

  /** Makes both with the JDK's own tool. */
  static SelfSigned in(Path folder) throws IOException, InterruptedException {
    Path authorityStore = folder.resolve("authority.p12");
    Path authority = folder.resolve("authority.pem");
    Path store = folder.resolve("server.p12");
    Path request = folder.resolve("server.csr");
    Path signed = folder.resolve("server.pem");
    keytool(
        authorityStore,
        "-genkeypair",
        "-alias",
        "authority",
        "-keyalg",
        "EC",
        "-dname",
        "CN=Authority of a test",
        "-ext",
        "bc:c=ca:true",
        "-validity",
        "2");
    keytool(
        authorityStore,
        "-exportcert",
        "-alias",
        "authority",
        "-rfc",
        "-file",
        authority.toString());
    keytool(
        store,
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=sluice",
        "-validity",
        "2");
    keytool(store, "-certreq", "-alias", "server", "-file", request.toString());
    keytool(
        authorityStore,
        "-gencert",
        "-alias",
        "authority",
        "-infile",
        request.toString(),
        "-outfile",
        signed.toString(),
        "-rfc",
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "2");
    keytool(
        store, "-importcert", "-alias", "authority", "-noprompt", "-file", authority.toString());
    keytool(store, "-importcert", "-alias", "server", "-noprompt", "-file", signed.toString());
    return of(store);
  }

  private static void keytool(Path store, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    Path log = Files.createTempFile(store.getParent(), "keytool", ".log");
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException(command + ": " + Files.readString(log));
    }
  }
}
