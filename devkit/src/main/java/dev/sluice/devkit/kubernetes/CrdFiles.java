package dev.sluice.devkit.kubernetes;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds CustomResourceDefinitions in YAML files. */
public final class CrdFiles {
  static final String FOLDER = "META-INF/sluice/crds";
  private static final ObjectReader YAML = new YAMLMapper().readerFor(ObjectNode.class);

  private CrdFiles() {}

  /** Those that the class path brings; none there is an error, as somebody counts on them. */
  public static List<ObjectNode> onClassPath() {
    List<ObjectNode> definitions = new ArrayList<>();
    try {
      for (URL url : Collections.list(CrdFiles.class.getClassLoader().getResources(FOLDER))) {
        definitions.addAll(at(url.toURI()));
      }
    } catch (IOException | URISyntaxException unreadable) {
      throw new IllegalStateException("cannot read " + FOLDER + " of the class path", unreadable);
    }
    if (definitions.isEmpty()) {
      throw new IllegalStateException(
          "no definitions in " + FOLDER + ": put contracts-crd on the class path");
    }
    return definitions;
  }

  /** Every document of kind CustomResourceDefinition in the folder's YAML files, by file name. */
  static List<ObjectNode> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.ya?ml"))
          .sorted()
          .flatMap(file -> read(file).stream())
          .filter(document -> document.path("kind").asText().equals("CustomResourceDefinition"))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the folder " + folder, unreadable);
    }
  }

  private static List<ObjectNode> at(URI uri) throws IOException {
    if (!uri.getScheme().equals("jar")) {
      return in(Path.of(uri));
    }
    try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
      return in(jar.getPath(FOLDER));
    }
  }

  private static List<ObjectNode> read(Path file) {
    try (MappingIterator<ObjectNode> documents = YAML.readValues(Files.readString(file))) {
      return documents.readAll();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }
}
