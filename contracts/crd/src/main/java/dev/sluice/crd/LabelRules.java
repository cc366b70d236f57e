package dev.sluice.crd;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What labels and their selectors may look like, and whether they match. */
final class LabelRules {

  private static final int LONGEST_NAME = 63;
  private static final int LONGEST_PREFIX = 253;
  private static final String NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = DNS_LABEL + "(\\." + DNS_LABEL + ")*";
  private static final Pattern NAME_PATTERN = Pattern.compile(NAME);
  private static final Pattern DNS_LABEL_PATTERN = Pattern.compile(DNS_LABEL);
  private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);
  private static final String NAME_MESSAGE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '"
          + NAME
          + "')";
  private static final String VALUE_MESSAGE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.',"
          + " and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value', "
          + " or '12345', regex used for validation is '("
          + NAME
          + ")?')";
  private static final String DNS_LABEL_MESSAGE =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must"
          + " start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used"
          + " for validation is '"
          + DNS_LABEL
          + "')";
  private static final String SUBDOMAIN_MESSAGE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
          + " and must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
          + " validation is '"
          + SUBDOMAIN
          + "')";

  private LabelRules() {}

  static void check(LabelSelector selector, String path, FieldErrors errors) {
    check(selector.matchLabels, path + ".matchLabels", errors);
    List<LabelSelector.Requirement> requirements =
        selector.matchExpressions == null ? List.of() : selector.matchExpressions;
    for (int i = 0; i < requirements.size(); i++) {
      check(requirements.get(i), path + ".matchExpressions[" + i + "]", errors);
    }
  }

  private static void check(
      LabelSelector.Requirement requirement, String path, FieldErrors errors) {
    List<String> values = requirement.values == null ? List.of() : requirement.values;
    switch (requirement.operator) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          errors.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          errors.forbidden(
              path + ".values",
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case null, default ->
          errors.invalid(
              path + ".operator",
              Optional.ofNullable(requirement.operator).orElse(""),
              "not a valid selector operator");
    }
    String key = Optional.ofNullable(requirement.key).orElse("");
    nameProblem(key).ifPresent(problem -> errors.invalid(path + ".key", key, problem));
    for (int i = 0; i < values.size(); i++) {
      String at = path + ".values[" + i + "]";
      String value = values.get(i);
      valueProblem(value).ifPresent(problem -> errors.invalid(at, value, problem));
    }
  }

  /** Labels, in the order of their keys. */
  static void check(Map<String, String> labels, String path, FieldErrors errors) {
    new TreeMap<>(labels == null ? Map.of() : labels)
        .forEach((name, value) -> {
          nameProblem(name).ifPresent(problem -> errors.invalid(path, name, problem));
          valueProblem(value).ifPresent(problem -> errors.invalid(path, value, problem));
        });
  }

  /** Of a label or annotation. */
  static Optional<String> nameProblem(String name) {
    String[] parts = name.split("/", -1);
    if (parts.length > 2) {
      return Optional.of(
          "a qualified name "
              + NAME_MESSAGE
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    if (parts.length == 2) {
      String prefix = parts[0];
      if (prefix.isEmpty()) {
        return Optional.of("prefix part must be non-empty");
      }
      if (prefix.length() > LONGEST_PREFIX) {
        return Optional.of("prefix part must be no more than " + LONGEST_PREFIX + " characters");
      }
      if (!SUBDOMAIN_PATTERN.matcher(prefix).matches()) {
        return Optional.of("prefix part " + SUBDOMAIN_MESSAGE);
      }
    }
    String last = parts[parts.length - 1];
    if (last.isEmpty()) {
      return Optional.of("name part must be non-empty");
    }
    if (last.length() > LONGEST_NAME) {
      return Optional.of("name part must be no more than " + LONGEST_NAME + " characters");
    }
    return NAME_PATTERN.matcher(last).matches()
        ? Optional.empty()
        : Optional.of("name part " + NAME_MESSAGE);
  }

  private static Optional<String> valueProblem(String value) {
    if (value.length() > LONGEST_NAME) {
      return Optional.of("must be no more than " + LONGEST_NAME + " characters");
    }
    return value.isEmpty() || NAME_PATTERN.matcher(value).matches()
        ? Optional.empty()
        : Optional.of(VALUE_MESSAGE);
  }

  /** Of a container, a volume or a Service. */
  static Optional<String> dnsLabelProblem(String name) {
    if (name.length() > LONGEST_NAME) {
      return Optional.of("must be no more than " + LONGEST_NAME + " characters");
    }
    return DNS_LABEL_PATTERN.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(DNS_LABEL_MESSAGE);
  }

  static boolean matches(LabelSelector selector, Map<String, String> labels) {
    boolean equal =
        selector.matchLabels == null
            || selector.matchLabels.entrySet().stream()
                .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
    return equal
        && (selector.matchExpressions == null
            || selector.matchExpressions.stream().allMatch(each -> matches(each, labels)));
  }

  private static boolean matches(LabelSelector.Requirement wanted, Map<String, String> labels) {
    List<String> values = wanted.values == null ? List.of() : wanted.values;
    boolean present = labels.containsKey(wanted.key);
    return switch (wanted.operator) {
      case "In" -> present && values.contains(labels.get(wanted.key));
      case "NotIn" -> !present || !values.contains(labels.get(wanted.key));
      case "Exists" -> present;
      case "DoesNotExist" -> !present;
      case null, default -> false;
    };
  }
}
