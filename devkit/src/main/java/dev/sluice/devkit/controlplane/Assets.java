package dev.sluice.devkit.controlplane;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder with the programs of the control plane. */
public final class Assets {
  /** The environment variable that names the folder. */
  public static final String VARIABLE = "KUBEBUILDER_ASSETS";

  private final Path folder;

  private Assets(Path folder) {
    this.folder = folder;
  }

  /** Those that the environment names; empty where it names none. */
  public static Optional<Assets> find() {
    String named = System.getenv(VARIABLE);
    return named == null || named.isBlank()
        ? Optional.empty()
        : Optional.of(new Assets(Path.of(named).toAbsolutePath()));
  }

  /** The path of a program, such as {@code kubectl}; an error where the folder has none. */
  public Path program(String name) {
    Path program = folder.resolve(name);
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(VARIABLE + " names " + folder + ", which has no " + name);
    }
    return program;
  }
}
