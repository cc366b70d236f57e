package dev.sluice.devkit.process;

import java.util.ArrayList;
import java.util.List;

/** How the JVMs of long-lived processes are set up. */
public final class Jvm {

  /** Names, in the environment, the options that replace {@link #QUICK}. */
  public static final String VARIABLE = "SLUICE_JAVA_OPTIONS";

  /** The same as a system property; it wins. */
  public static final String PROPERTY = "sluice.java.options";

  /** Quick to start and small, for many processes on one machine. */
  private static final List<String> QUICK =
      List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx256m");

  private Jvm() {}

  /** The options, the given ones first. */
  public static List<String> options(String... first) {
    String chosen = System.getProperty(PROPERTY, System.getenv(VARIABLE));
    List<String> options = new ArrayList<>(List.of(first));
    options.addAll(
        chosen == null || chosen.isBlank() ? QUICK : List.of(chosen.strip().split("\\s+")));
    return options;
  }
}
