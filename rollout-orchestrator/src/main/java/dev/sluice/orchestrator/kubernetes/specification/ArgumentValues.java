package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.AnalysisArgument;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutAnalysis;
import dev.sluice.orchestrator.Arguments;
import dev.sluice.orchestrator.kubernetes.specification.References.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of {@code {{args.name}}} for one analysis. What the Rollout passes goes before what
 * the templates declare; what it passes and no template declares is dropped; well-known names are
 * filled where nobody declares or passes them.
 */
final class ArgumentValues {

  private final Map<String, String> declared;
  private final Map<String, String> passed;
  private final Map<String, String> wellKnown;

  private ArgumentValues(
      Map<String, String> declared, Map<String, String> passed, Map<String, String> wellKnown) {
    this.declared = declared;
    this.passed = passed;
    this.wellKnown = wellKnown;
  }

  /**
   * The values for an analysis of this Rollout.
   *
   * @param path of the list of templates, for messages
   */
  static ArgumentValues of(
      Rollout rollout, String path, List<Template> templates, RolloutAnalysis analysis)
      throws InvalidManifest {
    String names =
        "templateNames: ["
            + String.join(" ", templates.stream().map(t -> t.name().name()).toList())
            + "]";
    Map<String, String> passed =
        passed(rollout, path.replaceFirst("templates$", "args"), orEmpty(analysis.args));
    return new ArgumentValues(
        declared(path, names, merged(path, names, templates), passed),
        passed,
        Map.of(
            "revision",
            "canary",
            "canary-hash",
            Arguments.CANARY_HASH,
            "stable-hash",
            Arguments.STABLE_HASH,
            "rollout",
            rollout.getMetadata().getName(),
            "namespace",
            rollout.getMetadata().getNamespace()));
  }

  /** The value of a name; empty if it has none. */
  Optional<String> find(String name) {
    if (declared.containsKey(name)) {
      return Optional.of(declared.get(name));
    }
    return wellKnown.containsKey(name)
        ? Optional.of(passed.getOrDefault(name, wellKnown.get(name)))
        : Optional.empty();
  }

  /** What the templates declare, with values: the arguments as an AnalysisRun shows them. */
  Map<String, String> declared() {
    return declared;
  }

  private static Map<String, AnalysisArgument> merged(
      String path, String names, List<Template> templates) throws InvalidManifest {
    Map<String, AnalysisArgument> merged = new LinkedHashMap<>();
    for (Template template : templates) {
      for (AnalysisArgument argument : orEmpty(template.spec().args)) {
        AnalysisArgument before = merged.get(argument.name);
        if (before == null || before.value == null && before.valueFrom == null) {
          merged.put(argument.name, argument);
        } else if (before.value != null
            && argument.value != null
            && !before.value.equals(argument.value)) {
          throw InvalidManifest.invalid(
              path,
              names,
              "Argument `%s` specified multiple times with different values: '%s', '%s'"
                  .formatted(argument.name, before.value, argument.value));
        }
      }
    }
    return merged;
  }

  private static Map<String, String> declared(
      String path,
      String names,
      Map<String, AnalysisArgument> arguments,
      Map<String, String> passed)
      throws InvalidManifest {
    Map<String, String> values = new LinkedHashMap<>();
    for (AnalysisArgument argument : arguments.values()) {
      String name = argument.name;
      if (passed.containsKey(name)) {
        values.put(name, passed.get(name));
      } else if (argument.value != null && argument.valueFrom != null) {
        throw InvalidManifest.invalid(path, names, bothForms(name));
      } else if (argument.value != null) {
        values.put(name, argument.value);
      } else if (argument.valueFrom != null) {
        throw InvalidManifest.invalid(
            path,
            names,
            "args." + name + ".valueFrom: this version of Sluice does not act on it yet");
      } else {
        throw InvalidManifest.invalid(path, names, "args." + name + " was not resolved");
      }
    }
    return values;
  }

  /**
   * What a Rollout passes to an analysis, by name; without those that have no value.
   *
   * @param at path of the list, for messages
   */
  static Map<String, String> passed(
      Rollout rollout, String at, List<RolloutAnalysis.Argument> arguments) throws InvalidManifest {
    Map<String, String> values = new LinkedHashMap<>();
    for (RolloutAnalysis.Argument argument : arguments) {
      if (argument.value != null && argument.valueFrom != null) {
        throw InvalidManifest.invalid(at, argument.name, bothForms(argument.name));
      }
      String value = argument.value == null ? from(rollout, argument) : argument.value;
      if (value != null) {
        values.put(argument.name, value);
      } else if (argument.valueFrom != null) {
        throw InvalidManifest.invalid(
            at, argument.name, "args." + argument.name + ".valueFrom leads to no value");
      }
    }
    return values;
  }

  private static String from(Rollout rollout, RolloutAnalysis.Argument argument) {
    if (argument.valueFrom == null) {
      return null;
    }
    if (argument.valueFrom.fieldRef != null) {
      return field(rollout, String.valueOf(argument.valueFrom.fieldRef.fieldPath)).orElse(null);
    }
    return switch (argument.valueFrom.podTemplateHashValue) {
      case "Latest" -> Arguments.CANARY_HASH;
      case "Stable" -> Arguments.STABLE_HASH;
      case null, default -> null;
    };
  }

  // Status is what it is when the run starts, not what it was when the manifest was read.
  private static Optional<String> field(Rollout rollout, String path) {
    return path.startsWith("status.")
        ? Arguments.ofStatus(path)
        : FieldPath.read(Json.tree(rollout), path);
  }

  private static String bothForms(String name) {
    return "arg '" + name + "' has both Value and ValueFrom fields";
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }
}
