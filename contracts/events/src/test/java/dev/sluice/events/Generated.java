package dev.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files that are computed from the code, kept in the repository and compared in the build. */
final class Generated {

  private static final boolean UPDATE = Boolean.getBoolean("sluice.update");
  private static final String HOW = "./mvnw -pl contracts/events test -Dsluice.update=true";

  private Generated() {}

  /** The file says this; it is written where an update was asked for. */
  static void assertUpToDate(Path file, String wanted) {
    if (UPDATE) {
      write(file, wanted);
    }
    assertThat(Files.exists(file)).as("%s is missing: %s", file, HOW).isTrue();
    assertThat(read(file)).as("%s is out of date: %s", file, HOW).isEqualTo(wanted);
  }

  /**
   * The file says this and never anything else: an update writes it only where it is not there yet.
   */
  static void assertFrozen(Path file, String wanted) {
    if (UPDATE && !Files.exists(file)) {
      write(file, wanted);
    }
    if (!Files.exists(file)) {
      fail("%s has no frozen sample: add one to Samples, then %s", file, HOW);
    }
    assertThat(read(file))
        .as(
            "%s is frozen, because messages like it are kept on topics: add what is new as a"
                + " @Nullable component or a record of its own",
            file)
        .isEqualTo(wanted);
  }

  /** The folder holds these files and no other; not asked while it is being filled. */
  static void assertNothingElse(Path folder, Set<String> wanted) {
    if (UPDATE) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()).collect(Collectors.toSet()))
          .as("files in %s", folder)
          .isEqualTo(new TreeSet<>(wanted));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
