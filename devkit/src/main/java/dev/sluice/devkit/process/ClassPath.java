package dev.sluice.devkit.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * The class path of this process, for a child that runs the same code. Test runners and launchers
 * hide it in the manifest of a jar: such jars are opened.
 */
final class ClassPath {

  private ClassPath() {}

  /** All entries that exist, joined for {@code java -cp}. */
  static String own() {
    Set<Path> entries = new LinkedHashSet<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        add(Path.of(entry).toAbsolutePath(), entries);
      }
    }
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static void add(Path entry, Set<Path> entries) {
    if (!Files.exists(entry) || !entries.add(entry) || Files.isDirectory(entry)) {
      return;
    }
    try (var jar = new JarFile(entry.toFile())) {
      var manifest = jar.getManifest();
      String more =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      if (more != null) {
        for (String relative : more.trim().split("\\s+")) {
          add(Path.of(entry.toUri().resolve(URI.create(relative))), entries);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the class path entry " + entry, e);
    }
  }
}
