package dev.sluice.orchestrator.kubernetes.specification;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.crd.Metric;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutAnalysis;
import dev.sluice.crd.Struct;
import dev.sluice.events.MetricSpec;
import dev.sluice.events.NoData;
import dev.sluice.orchestrator.RunPlan;
import dev.sluice.orchestrator.kubernetes.specification.References.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an analysis is to measure. */
final class AnalysisReader {

  private final Rollout rollout;
  private final References references;
  private final Rules rules;

  AnalysisReader(Rollout rollout, References references, Rules rules) {
    this.rollout = rollout;
    this.references = references;
    this.rules = rules;
  }

  /**
   * Reads an analysis that is waited for: all its metrics have an end.
   *
   * @param path of its list of templates, for messages
   */
  RunPlan finite(String path, RolloutAnalysis analysis) throws InvalidManifest {
    return read(path, analysis, false);
  }

  /** Reads an analysis that somebody ends: its metrics need no end of their own. */
  RunPlan endless(String path, RolloutAnalysis analysis) throws InvalidManifest {
    return read(path, analysis, true);
  }

  private RunPlan read(String path, RolloutAnalysis analysis, boolean mayBeEndless)
      throws InvalidManifest {
    List<Template> templates = TemplateResolver.resolve(references, path, analysis.templates);
    Set<String> names = names(path, templates);
    ArgumentValues arguments = ArgumentValues.of(rollout, path, templates, analysis);
    MetricRules metricRules =
        MetricRules.of(path, templateNames(templates), templates, analysis, names);
    List<MetricSpec> metrics = new ArrayList<>();
    for (Template template : templates) {
      List<Metric> ofTemplate = metrics(template);
      for (int i = 0; i < ofTemplate.size(); i++) {
        Metric filled = fill(path, template, ofTemplate.get(i), arguments);
        metrics.add(
            new MetricReader(path, template, i, filled, mayBeEndless)
                .read(metricRules, noData(path, template), rules.endpoints()));
      }
    }
    return new RunPlan(metrics, arguments.declared());
  }

  private static Set<String> names(String path, List<Template> templates) throws InvalidManifest {
    Set<String> names = new LinkedHashSet<>();
    for (Template template : templates) {
      for (Metric metric : metrics(template)) {
        if (!names.add(String.valueOf(metric.name))) {
          throw InvalidManifest.invalid(
              path,
              templateNames(templates),
              "two metrics have the same name '" + metric.name + "'");
        }
      }
    }
    if (names.isEmpty()) {
      throw InvalidManifest.invalid(path, templateNames(templates), "no metrics specified");
    }
    return names;
  }

  private static Metric fill(
      String path, Template template, Metric metric, ArgumentValues arguments)
      throws InvalidManifest {
    try {
      JsonNode filled = Placeholders.fill(metric.json(), arguments::find);
      return Struct.read(filled, Metric.class);
    } catch (Placeholders.Unresolved unresolved) {
      throw InvalidManifest.invalid(
          path,
          template.name().name(),
          template.name().kind() + " " + template.name().name() + ": " + unresolved.getMessage());
    }
  }

  private NoData noData(String path, Template template) throws InvalidManifest {
    return switch (template.noData()) {
      case "" -> rules.noData();
      case "inconclusive" -> NoData.INCONCLUSIVE;
      case "error" -> NoData.ERROR;
      default ->
          throw InvalidManifest.invalid(
              path,
              template.name().name(),
              "%s %s: annotation %s must be error or inconclusive, not '%s'"
                  .formatted(
                      template.name().kind(),
                      template.name().name(),
                      Annotations.NO_DATA,
                      template.noData()));
    };
  }

  private static List<Metric> metrics(Template template) {
    return template.spec().metrics == null ? List.of() : template.spec().metrics;
  }

  private static String templateNames(List<Template> templates) {
    return "templateNames: ["
        + String.join(" ", templates.stream().map(t -> t.name().name()).toList())
        + "]";
  }
}
