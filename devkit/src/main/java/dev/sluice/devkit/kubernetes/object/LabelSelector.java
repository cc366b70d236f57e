package dev.sluice.devkit.kubernetes.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A label selector as the query parameter writes it: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k}.
 */
public final class LabelSelector implements Predicate<JsonNode> {
  private static final String KEY = "[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?";
  private static final String VALUE = "[-A-Za-z0-9_.]*";
  private static final Pattern SET =
      Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s*\\(([^()]*)\\)");
  private static final Pattern EQUALITY =
      Pattern.compile("(" + KEY + ")\\s*(==|=|!=)\\s*(" + VALUE + ")");
  private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*(" + KEY + ")");
  // A comma inside brackets separates values, not requirements.
  private static final Pattern SEPARATOR = Pattern.compile(",(?![^(]*\\))");

  private final List<Predicate<JsonNode>> requirements;

  private LabelSelector(List<Predicate<JsonNode>> requirements) {
    this.requirements = requirements;
  }

  /** Parses; an empty text selects everything, an unreadable one is a BadRequest. */
  public static LabelSelector parse(String text) {
    List<Predicate<JsonNode>> requirements = new ArrayList<>();
    for (String part : SEPARATOR.split(text.strip())) {
      if (!part.isBlank()) {
        requirements.add(requirement(part.strip(), text));
      } else if (!text.isBlank()) {
        throw unreadable(text);
      }
    }
    return new LabelSelector(requirements);
  }

  /** Whether an object's labels satisfy every requirement. */
  @Override
  public boolean test(JsonNode object) {
    JsonNode labels = object.at("/metadata/labels");
    return requirements.stream().allMatch(requirement -> requirement.test(labels));
  }

  private static Predicate<JsonNode> requirement(String part, String whole) {
    Matcher set = SET.matcher(part);
    if (set.matches()) {
      Set<String> values =
          Stream.of(set.group(3).split(",", -1)).map(String::strip).collect(Collectors.toSet());
      return oneOf(set.group(1), values, set.group(2).equals("in"));
    }
    Matcher equality = EQUALITY.matcher(part);
    if (equality.matches()) {
      Set<String> value = Set.of(equality.group(3));
      return oneOf(equality.group(1), value, !equality.group(2).equals("!="));
    }
    Matcher existence = EXISTENCE.matcher(part);
    if (existence.matches()) {
      boolean wanted = existence.group(1).isEmpty();
      String key = existence.group(2);
      return labels -> labels.has(key) == wanted;
    }
    throw unreadable(whole);
  }

  /** A missing label is in no set, and therefore satisfies != and notin. */
  private static Predicate<JsonNode> oneOf(String key, Set<String> values, boolean wanted) {
    return labels -> (labels.has(key) && values.contains(labels.get(key).asText())) == wanted;
  }

  private static ApiError unreadable(String text) {
    return ApiError.badRequest("unable to parse the label selector: " + text);
  }
}
