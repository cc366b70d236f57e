package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.AnalysisTemplateSpec;
import dev.sluice.crd.DryRun;
import dev.sluice.crd.MeasurementRetention;
import dev.sluice.crd.RolloutAnalysis;
import dev.sluice.orchestrator.kubernetes.specification.References.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * What is said about metrics by patterns on their names: which are measured dry, and how many
 * measurements are kept. A pattern that matches no metric is a mistake.
 */
final class MetricRules {

  /** A run's progress is one record, and a record has at most 1 MB. */
  private static final int MOST_KEPT = 500;

  private final List<Pattern> dry;
  private final List<Retention> retentions;

  private MetricRules(List<Pattern> dry, List<Retention> retentions) {
    this.dry = dry;
    this.retentions = retentions;
  }

  private record Retention(Pattern pattern, Integer limit) {}

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
    for (DryRun rule : dryRuns(templates, analysis)) {
      String at = "dryRun[" + dry.size() + "]";
      dry.add(pattern(path, value, at, rule.metricName, names, "Dry-Run", metrics));
    }
    names.clear();
    List<Retention> retentions = new ArrayList<>();
    for (MeasurementRetention rule : retentions(templates, analysis)) {
      String at = "measurementRetention[" + retentions.size() + "]";
      Pattern pattern =
          pattern(path, value, at, rule.metricName, names, "Measurement Retention", metrics);
      if (rule.limit != null && rule.limit > MOST_KEPT) {
        throw InvalidManifest.invalid(
            path, value, at + ": Sluice keeps at most " + MOST_KEPT + " measurements");
      }
      retentions.add(new Retention(pattern, rule.limit));
    }
    return new MetricRules(dry, retentions);
  }

  /** The rules in Argo's order: those of the analysis come before those of its templates. */
  static List<DryRun> dryRuns(List<Template> templates, RolloutAnalysis analysis) {
    return all(analysis.dryRun, templates, spec -> spec.dryRun);
  }

  /** The rules, in the same order. */
  static List<MeasurementRetention> retentions(List<Template> templates, RolloutAnalysis analysis) {
    return all(analysis.measurementRetention, templates, spec -> spec.measurementRetention);
  }

  boolean isDry(String metric) {
    return dry.stream().anyMatch(rule -> rule.matcher(metric).find());
  }

  /**
   * How many measurements are kept; null where no rule says so. The last rule that matches holds,
   * and one without a limit, or with none above zero, asks for the usual number.
   */
  Integer retention(String metric) {
    return retentions.reversed().stream()
        .filter(rule -> rule.pattern().matcher(metric).find())
        .findFirst()
        .map(Retention::limit)
        .filter(limit -> limit > 0)
        .orElse(null);
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

  private static <T> List<T> all(
      List<T> ofAnalysis,
      List<Template> templates,
      Function<AnalysisTemplateSpec, List<T>> ofTemplate) {
    return Stream.concat(
            Stream.ofNullable(ofAnalysis),
            templates.stream().map(Template::spec).map(ofTemplate).filter(list -> list != null))
        .flatMap(List::stream)
        .toList();
  }
}
