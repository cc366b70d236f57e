package dev.sluice.devkit.postgres;

import dev.sluice.devkit.process.Cache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL refuses to run as root: how its programs are started all the same. */
enum RunAs {
  /** We are not root. */
  OURSELVES(List.of()),

  /** A user namespace where root has no rights and another number; files need no other owner. */
  NAMESPACE(List.of("unshare", "-U")),

  /**
   * The user nobody, for machines that forbid user namespaces. It keeps the right to pass through
   * folders, since a temporary folder of root's is closed to everybody else.
   */
  NOBODY(
      List.of(
          "setpriv",
          "--reuid=65534",
          "--regid=65534",
          "--clear-groups",
          "--inh-caps=+dac_override",
          "--ambient-caps=+dac_override"));

  private final List<String> prefix;

  RunAs(List<String> prefix) {
    this.prefix = prefix;
  }

  /** What fits this machine and user. */
  static RunAs here() throws IOException {
    if (!isRoot()) {
      return OURSELVES;
    }
    return succeeds(NAMESPACE.command("true")) ? NAMESPACE : NOBODY;
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  List<String> command(String... programAndArguments) {
    var command = new ArrayList<>(prefix);
    command.addAll(List.of(programAndArguments));
    return command;
  }

  /** Where the programs are unpacked: root's home is closed to nobody. */
  Path cache() throws IOException {
    if (this != NOBODY) {
      return Cache.folder();
    }
    Path cache = Path.of(System.getProperty("java.io.tmpdir"), "sluice-cache-of-root");
    Files.createDirectories(cache);
    if (!Files.getOwner(cache, LinkOption.NOFOLLOW_LINKS).getName().equals("root")) {
      throw new IOException(cache + " belongs to somebody else: remove it, or set java.io.tmpdir");
    }
    return cache;
  }

  /** Makes a data folder that the server accepts as its own. */
  void prepare(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (this == NOBODY) {
      Files.setAttribute(folder, "unix:uid", 65534);
      Files.setAttribute(folder, "unix:gid", 65534);
    }
  }

  private static boolean succeeds(List<String> command) throws IOException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while trying " + command, e);
    }
  }
}
