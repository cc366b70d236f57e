package dev.sluice.orchestrator;

import java.time.Duration;
import java.util.List;

/**
 * What an experiment is to try, as far as a decision is about it. The rest of its object is read
 * from the manifest when the object is made.
 *
 * @param templates their names; at least one
 * @param duration how long it runs once its pods are there; null: until its analyses end
 * @param analyses with what is passed to them; for what only the start knows, {@link Arguments} has
 *     tokens
 */
public record ExperimentPlan(List<String> templates, Duration duration, List<Analysis> analyses) {

  /**
   * One of its analyses.
   *
   * @param name of it
   * @param required whether the experiment does not end before it
   * @param arguments in the order in which they were written
   */
  public record Analysis(String name, boolean required, List<Argument> arguments) {

    /** Copies the list. */
    public Analysis {
      arguments = List.copyOf(arguments);
    }
  }

  /** What is passed to an analysis. */
  public record Argument(String name, String value) {}

  /** Copies the lists. */
  public ExperimentPlan {
    templates = List.copyOf(templates);
    analyses = List.copyOf(analyses);
  }

  /** Whether its end can be told from its beginning. */
  public boolean hasEnd() {
    return duration != null && analyses.stream().noneMatch(Analysis::required);
  }
}
