package dev.sluice.devkit.prometheus;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the program {@code prometheus}: on the PATH, in the cache, or in Debian's package, which is
 * unpacked into the cache. Nothing is installed, and no rights are needed.
 */
final class PrometheusProgram {

  private static final String HOW_TO_GET_IT =
      "Install it (on Debian and Ubuntu: apt-get install prometheus) so that 'prometheus' is on the"
          + " PATH, or put the program at %s.";

  private final Path cache;
  private final String searchPath;

  /**
   * @param cache where unpacked packages are kept
   * @param searchPath as the PATH variable has it
   */
  PrometheusProgram(Path cache, String searchPath) {
    this.cache = cache;
    this.searchPath = searchPath;
  }

  /**
   * @throws IOException that says how to get it, where there is none and none can be fetched
   */
  Path find() throws IOException {
    var installed = onPath().or(this::unpacked);
    if (installed.isPresent()) {
      return installed.get();
    }
    try {
      Files.createDirectories(cache);
      return unpack(download());
    } catch (IOException e) {
      Path place = cache.resolve("prometheus-local").resolve("usr/bin/prometheus");
      throw new IOException(
          "There is no Prometheus on this machine, and Debian's package cannot be fetched ("
              + e.getMessage()
              + "). "
              + HOW_TO_GET_IT.formatted(place),
          e);
    }
  }

  private Optional<Path> onPath() {
    return Stream.of(searchPath.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "prometheus"))
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .findFirst();
  }

  private Optional<Path> unpacked() {
    try (var folders = Files.list(cache)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("prometheus-"))
          .map(folder -> folder.resolve("usr/bin/prometheus"))
          .filter(Files::isExecutable)
          .max(Comparator.naturalOrder());
    } catch (IOException noCacheYet) {
      return Optional.empty();
    }
  }

  /**
   * With the system's own package lists; where they are missing or old, with fresh private ones.
   */
  private Path download() throws IOException {
    Path folder = Files.createDirectories(cache.resolve("apt"));
    Path configuration = Files.writeString(folder.resolve("apt.conf"), aptConfiguration(folder));
    try {
      return download(folder, List.of());
    } catch (IOException withoutLists) {
      var ownLists = List.of("-c", configuration.toString());
      var update = new ArrayList<>(List.of("apt-get", "update"));
      update.addAll(ownLists);
      Command.run(folder, update);
      return download(folder, ownLists);
    }
  }

  private static String aptConfiguration(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("lists/partial"));
    Files.createDirectories(folder.resolve("cache/archives/partial"));
    // An empty status file: what is installed here has no say in what may be downloaded.
    return """
    Dir::State::Lists "%1$s/lists";
    Dir::State::status "/dev/null";
    Dir::Cache "%1$s/cache";
    Acquire::Languages "none";
    APT::Sandbox::User "root";
    """
        .formatted(folder);
  }

  private static Path download(Path folder, List<String> options) throws IOException {
    var command = new ArrayList<>(List.of("apt-get", "download", "prometheus"));
    command.addAll(options);
    Command.run(folder, command);
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("prometheus_.*\\.deb"))
          .max(Comparator.naturalOrder())
          .orElseThrow(() -> new IOException("apt-get downloaded nothing into " + folder));
    }
  }

  private Path unpack(Path archive) throws IOException {
    String version = archive.getFileName().toString().split("_")[1].replaceAll("[^0-9.].*", "");
    Path folder = cache.resolve("prometheus-" + version);
    Path unfinished = Files.createTempDirectory(cache, "unpacking-");
    Command.run(cache, List.of("dpkg", "-x", archive.toString(), unfinished.toString()));
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(folder)) { // else somebody unpacked the same meanwhile
        throw e;
      }
    }
    Files.delete(archive);
    return folder.resolve("usr/bin/prometheus");
  }
}
