package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.DryRun;
import dev.sluice.crd.MeasurementRetention;
import dev.sluice.crd.RolloutAnalysis;
import dev.sluice.orchestrator.kubernetes.specification.References.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * What is said about metrics by patterns on their names: which are measured dry, and how many
 * measurements are kept. A pattern that matches no metric is a mistake. How many are kept only
 * matters where the run is shown; here it is checked.
 */
final class MetricRules {

  /** How many measurements of a metric are kept where nothing else is said. */
  static final int KEPT = 10;

  private final List<Pattern> dry;

  private MetricRules(List<Pattern> dry) {
    this.dry = dry;
  }

  /**
   * The rules of the templates and of the analysis that uses them.
   *
   * @param path of the list of templates, for messages
   * @param value that messages name
   * @param metrics the names of all metrics
   */
  static MetricRules of(
      String path,
      String value,
      List<Template> templates,
      RolloutAnalysis analysis,
      Set<String> metrics)
      throws InvalidManifest {
    List<Pattern> dry = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (DryRun rule : all(templates.stream().map(t -> t.spec().dryRun), analysis.dryRun)) {
      String at = "dryRun[" + dry.size() + "]";
      dry.add(pattern(path, value, at, rule.metricName, names, "Dry-Run", metrics));
    }
    names.clear();
    List<MeasurementRetention> retentions =
        all(
            templates.stream().map(t -> t.spec().measurementRetention),
            analysis.measurementRetention);
    for (int i = 0; i < retentions.size(); i++) {
      String at = "measurementRetention[" + i + "]";
      MeasurementRetention rule = retentions.get(i);
      pattern(path, value, at, rule.metricName, names, "Measurement Retention", metrics);
      if (rule.limit != null && rule.limit > KEPT) {
        throw InvalidManifest.invalid(
            path, value, at + ": this version of Sluice keeps at most " + KEPT + " measurements");
      }
    }
    return new MetricRules(dry);
  }

  boolean isDry(String metric) {
    return dry.stream().anyMatch(pattern -> pattern.matcher(metric).find());
  }

  private static Pattern pattern(
      String path,
      String value,
      String at,
      String expression,
      Set<String> names,
      String kind,
      Set<String> metrics)
      throws InvalidManifest {
    if (!names.add(expression)) {
      throw InvalidManifest.invalid(
          path, value, "two " + kind + " metric rules have the same name '" + expression + "'");
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException malformed) {
      throw InvalidManifest.invalid(path, value, at + ": " + malformed.getDescription());
    }
    if (metrics.stream().noneMatch(metric -> pattern.matcher(metric).find())) {
      throw InvalidManifest.invalid(path, value, at + ": Rule didn't match any metric name(s)");
    }
    return pattern;
  }

  private static <T> List<T> all(Stream<List<T>> ofTemplates, List<T> ofAnalysis) {
    return Stream.concat(ofTemplates, Stream.ofNullable(ofAnalysis))
        .filter(list -> list != null)
        .flatMap(List::stream)
        .toList();
  }
}
