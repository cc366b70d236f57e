package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.AnalysisTemplateRef;
import dev.sluice.crd.Struct;
import dev.sluice.orchestrator.kubernetes.specification.References.Template;
import dev.sluice.orchestrator.kubernetes.specification.References.TemplateName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds templates and those that they take in, each once. A template that takes in itself is read
 * once, too.
 */
final class TemplateResolver {

  private final References references;
  private final String path;
  private final Map<TemplateName, Template> found = new LinkedHashMap<>();

  private TemplateResolver(References references, String path) {
    this.references = references;
    this.path = path;
  }

  /**
   * The templates in the order in which their metrics are measured.
   *
   * @param path of the list, for messages
   */
  static List<Template> resolve(References references, String path, List<AnalysisTemplateRef> names)
      throws InvalidManifest {
    TemplateResolver resolver = new TemplateResolver(references, path);
    resolver.addAll(names);
    return new ArrayList<>(resolver.found.values());
  }

  /** Those that are named here have to be there; those that they take in are not looked at. */
  static void requireAll(References references, String path, List<AnalysisTemplateRef> names)
      throws InvalidManifest {
    if (names != null) {
      for (AnalysisTemplateRef each : names) {
        find(references, path, name(each));
      }
    }
  }

  private void addAll(List<AnalysisTemplateRef> names) throws InvalidManifest {
    if (names == null) {
      return;
    }
    for (AnalysisTemplateRef each : names) {
      add(name(each));
    }
  }

  private void add(TemplateName name) throws InvalidManifest {
    if (found.containsKey(name)) {
      return;
    }
    Template template = find(references, path, name);
    for (Struct.Problem problem : template.spec().problems("spec")) {
      throw InvalidManifest.invalid(
          path,
          name.name(),
          name.kind() + " " + name.name() + ": " + problem.path() + " " + problem.message());
    }
    found.put(name, template);
    addAll(template.spec().templates);
  }

  private static TemplateName name(AnalysisTemplateRef reference) {
    return new TemplateName(reference.templateName, Boolean.TRUE.equals(reference.clusterScope));
  }

  private static Template find(References references, String path, TemplateName name)
      throws InvalidManifest {
    return references
        .template(name)
        .orElseThrow(() ->
            InvalidManifest.invalid(
                path, name.name(), name.kind() + " '" + name.name() + "' not found"));
  }
}
